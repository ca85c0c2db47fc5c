// What every page has: a word when a request by HTMX comes to nothing, and before typed text is left.

function tell(text) {
  document.querySelector(".trouble")?.remove();
  const message = document.createElement("p");
  message.className = "utrecht-alert message error trouble";
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

// Asking for a part of a page loses nothing; sending a form might.
const ASKED = "Dit kon nu niet worden getoond. Probeer het nog een keer, of vernieuw de bladzijde.";

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (event.detail.requestConfig.verb === "get") return tell(ASKED);
  tell(
    status === 403
      ? "Dit is niet opgeslagen: u bent intussen afgemeld. Uw tekst staat er nog. Kopieer die en vernieuw de bladzijde."
      : "Dit is niet opgeslagen: er ging iets mis. Uw tekst staat er nog. Probeer het nog een keer.",
  );
});
document.addEventListener("htmx:sendError", (event) =>
  tell(
    event.detail.requestConfig.verb === "get"
      ? ASKED
      : "Dit is niet opgeslagen: er is geen verbinding. Uw tekst staat er nog. Probeer het zo nog een keer.",
  ),
);
document.addEventListener("htmx:afterSwap", () => document.querySelector(".trouble")?.remove());

// A browser asks before it leaves what was typed and isn't saved: a form with a longer text that was changed,
// or that came back with something wrong in it. Where typed.js puts it back, only when the tab is closed.
let isSending = false;

function holdsText(form) {
  const isChanged = [...form.querySelectorAll("textarea, input[type=text]")].some(
    (field) => field.value !== field.defaultValue,
  );
  const cameBack = form.querySelector(".wrong, .message.error") !== null;
  return isChanged || (cameBack && [...form.querySelectorAll("textarea")].some((area) => area.value));
}

addEventListener("submit", (event) => {
  isSending = !event.defaultPrevented;
});
addEventListener("input", () => {
  isSending = false;
});
addEventListener("click", (event) => {
  const link = event.target.closest("main[data-typed] a[href], body:has(main[data-typed]) header a[href]");
  if (link && link.pathname !== location.pathname) isSending = true;
});
addEventListener("beforeunload", (event) => {
  const forms = document.querySelectorAll("form[method=post]:has(textarea)");
  if (!isSending && [...forms].some(holdsText)) event.preventDefault();
});
