// Runs in the head, before the first paint, so that a chosen theme never flashes.
(() => {
  const root = document.documentElement;
  const key = "theme";
  const keep = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null; // storage refused: a choice lasts as long as the page
    }
  };
  const choice = keep((store) => store.getItem(key));
  if (choice === "dark" || choice === "light") root.dataset.theme = choice;
  root.dataset.js = ""; // controls that need a script show only now

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".theme-switch");
    if (!button) return;
    const system = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
    const automatic = Object.assign(document.createElement("button"), { type: "button", className: "theme-auto", textContent: "Thème automatique" });
    const show = () => {
      button.setAttribute("aria-pressed", String(isDark()));
      if (root.dataset.theme) button.after(automatic);
      else automatic.remove(); // nothing was chosen: the system decides
    };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      keep((store) => store.setItem(key, root.dataset.theme));
      show();
    });
    automatic.addEventListener("click", () => {
      delete root.dataset.theme;
      keep((store) => store.removeItem(key));
      show();
      button.focus();
    });
    system.addEventListener("change", show);
    show();
  });
})();
