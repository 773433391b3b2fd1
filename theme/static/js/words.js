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
      if (address.host === "player.vimeo.com") address.hash = `t=${second}s`;
      else address.searchParams.set(name, second + unit);
      frame.src = address;
      frame.focus();
    } else return false;
    return true;
  };
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-at]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (lead(Number(link.dataset.at), link.closest(".talk") ?? document.querySelector(".talk"))) event.preventDefault();
  });
  // « #t=1930 », or « ?t=1930#video-2 » for a talk among others: the words that are said then.
  addEventListener("DOMContentLoaded", () => {
    const typed = location.hash.match(/^#t=(\d+)$/) ?? location.search.match(/[?&]t=(\d+)/);
    if (!typed) return;
    const talk = document.getElementById(location.hash.slice(1))?.closest(".talk") ?? document.querySelector(".talk");
    const said = [...(talk?.querySelectorAll("talk-words [data-at]") ?? [])].filter((one) => Number(one.dataset.at) <= Number(typed[1])).at(-1);
    (said ?? talk)?.scrollIntoView();
    const film = talk?.querySelector("video");
    if (film) film.currentTime = Number(typed[1]);
  });
})();
