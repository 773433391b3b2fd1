// The moments of a transcript lead to the film; where it already plays in the page, they move it there.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-at]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const talk = link.closest(".talk");
  const film = talk.querySelector("video");
  const frame = talk.querySelector("talk-player iframe");
  if (film) {
    film.currentTime = Number(link.dataset.at);
    film.play();
    film.focus();
  } else if (frame) {
    const address = new URL(frame.src);
    const [name, unit] = { "www.youtube-nocookie.com": ["start", ""], "geo.dailymotion.com": ["startTime", ""], "archive.org": ["start", ""] }[address.host] ?? ["start", "s"];
    if (address.host === "player.vimeo.com") address.hash = `t=${link.dataset.at}s`;
    else address.searchParams.set(name, link.dataset.at + unit);
    frame.src = address;
    frame.focus();
  } else return;
  event.preventDefault();
});
