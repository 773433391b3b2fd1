// « Copier » beside an address; without a script the address is there to select.
addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.textContent;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = "Copié";
      } catch {
        button.textContent = "Copie refusée";
      }
      setTimeout(() => (button.textContent = label), 2000);
    });
  }
});
