// « Copier » above each piece of code; without a script there is no button, and the code is there to select.
addEventListener("DOMContentLoaded", () => {
  for (const code of document.querySelectorAll("pre[tabindex] > code")) {
    const box = code.parentElement, frame = document.createElement("div");
    const button = document.createElement("button"), said = document.createElement("span");
    frame.className = "code-frame";
    button.type = "button";
    button.textContent = "Copier le code";
    said.className = "unseen";
    said.setAttribute("role", "status");
    box.replaceWith(frame);
    frame.append(button, box, said);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent.replace(/\n$/, "")); // in a terminal, the last line waits for its reader
        button.textContent = said.textContent = "Copié";
      } catch {
        button.textContent = said.textContent = "Copie refusée";
      }
      setTimeout(() => {
        button.textContent = "Copier le code";
        said.textContent = "";
      }, 2000);
    });
  }
});
