// Runs in the head, before the first paint, so that a chosen theme never flashes.
(() => {
  const root = document.documentElement;
  const key = "theme";
  const stored = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage refused: the preference of the system stays
    }
  };
  const choice = stored();
  if (choice === "dark" || choice === "light") root.dataset.theme = choice;
  root.dataset.js = ""; // controls that need a script show only now

  const isDark = () =>
    (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".theme-switch");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try {
        localStorage.setItem(key, root.dataset.theme);
      } catch {
        // the choice then lasts as long as the page
      }
      show();
    });
    show();
  });
})();
