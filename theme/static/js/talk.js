// A button shows the film in the place of its poster, and the platform is asked only then.
addEventListener("DOMContentLoaded", () => customElements.define("talk-player", class extends HTMLElement {
  connectedCallback() {
    const { platform, frame, name } = this.dataset;
    const screen = this.querySelector(".talk-screen");
    const link = this.querySelector(".talk-actions a");
    if (!link || link.dataset.originalurl || !frame.startsWith("https://")) return; // none, or gone
    const key = `video:${platform}`;
    const make = (tag, told) => Object.assign(document.createElement(tag), told);
    const button = make("button", { className: "talk-play", textContent: `Lire ici (contacte ${new URL(frame).host})` });
    const always = make("button");
    const isAllowed = () => {
      try {
        if (localStorage[key] > Date.now()) return true;
        delete localStorage[key];
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
      screen.append(player); // over the poster, which keeps its size
      screen.onclick = null;
      button.replaceWith(always);
      if (byHand) player.focus();
    };
    this.say = () => always.textContent = `${isAllowed() ? "Ne plus toujours" : "Toujours"} lire ${platform} ici`;
    button.onclick = screen.onclick = play;
    always.onclick = () => {
      try {
        if (isAllowed()) delete localStorage[key];
        else localStorage[key] = Date.now() + 182 * 864e5; // six months at most
      } catch {}
      document.querySelectorAll("talk-player").forEach((one) => one.say?.());
    };
    link.before(button);
    this.say();
    if (isAllowed()) play();
  }
}));
