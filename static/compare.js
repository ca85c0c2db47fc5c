// The address of a comparison goes to the clipboard at one press; without this it can be selected and copied.

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Het adres is gekopieerd.";
    } catch {
      said.textContent = "Het adres is geselecteerd. Kopieer het met Ctrl+C.";
    }
  });
}
