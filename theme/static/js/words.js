// The moments of a transcript lead to the film; where it already plays in the page, they move it there.
(() => {
  const lead = (second, talk) => {
    const film = talk?.querySelector("video");
    const frame = talk?.querySelector("talk-player iframe");
    if (film) {
      film.currentTime = second;
      film.play().catch(() => {}); // a browser may want a click first
      film.focus();
    } else if (frame) {
      const address = new URL(frame.src);
      const named = { "www.youtube-nocookie.com": ["start", ""], "geo.dailymotion.com": ["startTime", ""], "archive.org": ["start", ""] };
      const [name, unit] = named[address.host] ?? ["start", "s"];
      address.searchParams.set(name, second + unit); // another address, so that the player is loaded again
      if (address.host === "player.vimeo.com") address.hash = `t=${second}s`;
      frame.src = address;
      frame.focus();
    } else return false;
    return true;
  };
  // The words that are said then, or the talk that has none.
  const show = (second, talk) => {
    const said = [...(talk?.querySelectorAll("talk-words [data-at]") ?? [])].filter((one) => Number(one.dataset.at) <= second).at(-1);
    (said ?? talk)?.scrollIntoView();
    if (said?.href) said.focus({ preventScroll: true });
  };
  const first = () => document.getElementById(location.hash.slice(1))?.closest(".talk") ?? document.querySelector(".talk");
  // « #t=1930 », or « ?t=1930#video-2 » for a talk among others.
  const come = () => {
    const typed = location.hash.match(/^#t=(\d+)$/) ?? location.search.match(/[?&]t=(\d+)/);
    if (!typed) return;
    show(Number(typed[1]), first());
    const film = first()?.querySelector("video");
    if (film) film.currentTime = Number(typed[1]);
  };
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-at]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const own = link.closest(".talk");
    const second = Number(link.dataset.at);
    if (lead(second, own ?? first())) event.preventDefault();
    else if (!own) {
      event.preventDefault(); // cited by another post: its place is in the words
      show(second, first());
    }
  });
  addEventListener("DOMContentLoaded", come);
  addEventListener("hashchange", () => location.hash.startsWith("#t=") && come());
})();
