// A poster becomes a button; the film comes in its place on a click, and the platform is asked only then.
addEventListener("DOMContentLoaded", () => customElements.define("talk-player", class extends HTMLElement {
  connectedCallback() {
    const { platform, frame, name } = this.dataset;
    const link = this.querySelector("a");
    if (!link || link.dataset.originalurl || !frame.startsWith("https://")) return; // none, or gone
    const key = `video:${platform}`;
    const make = (tag, told) => Object.assign(document.createElement(tag), told);
    const button = make("button", { type: "button", className: link.className });
    const always = make("button", { type: "button" });
    const more = make("div", { className: "talk-more" });
    const isAllowed = () => {
      try {
        if (localStorage.getItem(key) > Date.now()) return true;
        localStorage.removeItem(key);
      } catch {} // storage refused: nothing is kept
    };
    const play = (byHand) => {
      const player = make("iframe", {
        title: `${name} (${platform})`,
        sandbox: "allow-scripts allow-same-origin allow-presentation allow-popups",
        referrerPolicy: "strict-origin-when-cross-origin",
        allow: "autoplay; fullscreen; picture-in-picture",
        loading: "lazy",
        src: byHand ? frame : frame.replace("autoplay=1", "autoplay=0"),
      });
      button.replaceWith(player);
      if (byHand) player.focus();
    };
    this.say = () => {
      always.textContent = `${isAllowed() ? "Ne plus toujours" : "Toujours"} lire ${platform} ici`;
    };
    button.onclick = () => play(true);
    always.onclick = () => {
      try {
        if (isAllowed()) localStorage.removeItem(key);
        else localStorage.setItem(key, Date.now() + 182 * 864e5); // six months at most
      } catch {}
      for (const one of document.querySelectorAll("talk-player")) one.say?.();
    };
    button.append(...link.cloneNode(true).childNodes);
    button.lastChild.textContent = `Lire ici (contacte ${new URL(frame).host})`;
    link.replaceChildren(link.lastChild.textContent);
    link.className = "";
    more.append(always, link);
    this.append(button, more);
    this.say();
    if (isAllowed()) play();
  }
}));
