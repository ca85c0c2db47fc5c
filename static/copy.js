// What one may want elsewhere (the address of a comparison, a new token) goes to the clipboard at one press. Without
// this it can be selected and copied. What it is called stands in the page (“Het token”).

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.querySelector("[data-copied]");
  const what = button.dataset.what ?? "Het adres";
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = `${what} is gekopieerd.`;
    } catch {
      said.textContent = `${what} is geselecteerd. Kopieer het met Ctrl+C.`;
    }
  });
}
