// A poster becomes a button; the film comes in its place on a click, and the platform is asked only then.
addEventListener("DOMContentLoaded", () => customElements.define("talk-player", class extends HTMLElement {
  connectedCallback() {
    const { platform, frame, name } = this.dataset;
    const link = this.querySelector("a");
    if (!link || !frame.startsWith("https://")) return;
    const key = `video:${platform}`;
    const half = 182 * 864e5; // six months at most
    const store = (value) => {
      try {
        if (value === undefined) return Number(localStorage.getItem(key));
        if (value) localStorage.setItem(key, value);
        else localStorage.removeItem(key);
      } catch {
        // refused: the choice lasts as long as the page
      }
      return value;
    };
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.append(...link.cloneNode(true).childNodes);
    button.lastChild.textContent = `Lire ici (contacte ${new URL(frame).host})`;
    const always = document.createElement("button");
    always.type = "button";
    const play = (focus) => {
      const player = document.createElement("iframe");
      player.title = `${name} (${platform})`;
      player.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
      player.referrerPolicy = "strict-origin-when-cross-origin";
      player.allow = "autoplay; fullscreen; picture-in-picture";
      player.allowFullscreen = true;
      player.src = frame;
      button.replaceWith(player);
      if (focus) player.focus();
    };
    const show = () => {
      const on = store() > Date.now();
      always.textContent = on ? `Ne plus toujours lire ${platform} ici` : `Toujours lire ${platform} ici`;
      return on;
    };
    always.addEventListener("click", () => {
      store(store() > Date.now() ? 0 : Date.now() + half);
      show();
    });
    button.addEventListener("click", () => play(true));
    link.replaceChildren(link.lastElementChild.textContent);
    link.className = "";
    const more = document.createElement("div");
    more.className = "talk-more";
    more.append(always, link);
    this.append(button, more);
    if (show()) play(false);
  }
}));
