// What every page has: a word when a request by HTMX comes to nothing.

function tell(text) {
  document.querySelector(".trouble")?.remove();
  const message = document.createElement("p");
  message.className = "message error trouble";
  message.setAttribute("role", "alert");
  message.textContent = text;
  document.body.append(message);
}

// On a narrow screen the contents would push the text away.
if (matchMedia("(max-width: 75rem)").matches) {
  document.querySelector(".contents details")?.removeAttribute("open");
}

// What was typed and not sent is kept until one leaves (typed.js).
document.querySelector("form.me")?.addEventListener("submit", () => sessionStorage.clear());

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  tell(
    status === 403
      ? "Dit is niet opgeslagen: u bent intussen afgemeld. Uw tekst staat er nog. Kopieer die en vernieuw de bladzijde."
      : "Dit is niet opgeslagen: er ging iets mis. Uw tekst staat er nog. Probeer het nog een keer.",
  );
});
document.addEventListener("htmx:sendError", () =>
  tell("Dit is niet opgeslagen: er is geen verbinding. Uw tekst staat er nog. Probeer het zo nog een keer."),
);
document.addEventListener("htmx:afterSwap", () => document.querySelector(".trouble")?.remove());
