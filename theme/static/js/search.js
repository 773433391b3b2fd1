// The search. A question's words are looked up in the shards of the index, named after first letters (components/search/shards.py
// says how they are written); titles, dates and tags are those of the list in the page; an excerpt comes from the page of its result.
addEventListener("DOMContentLoaded", () => {
  const get = (name) => document.querySelector(name), all = (name, top = document) => [...top.querySelectorAll(name)];
  const el = (tag, told, ...inside) => {
    const made = Object.assign(document.createElement(tag), told);
    made.append(...inside);
    return made;
  };
  const form = get(".search"), said = get(".search-said"), list = get(".search-found"), more = get(".search-more");
  const { q, genre, mot, annee, slash } = form, asked = [q, genre, mot, annee], { base, shards } = form.dataset, { title } = document;
  // The number of a post is its place by date; pages count down from -1.
  const rows = [...all(".search-posts li").reverse().entries(), ...all(".search-pages li").map((row, at) => [~at, row])];
  const fold = (text) => text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const files = {}, load = (path) => files[path] ??= fetch(path, { cache: "no-cache" }).then((got) => got.text());
  const cuts = (it) => [it, ...[...it].map((_, at) => it.slice(0, at) + it.slice(at + 1))];
  // The index's cells for a word: its own, else those of what it begins, of what is one mistake away, of other endings.
  const look = async (word) => {
    const name = [word.slice(0, 3), word.slice(0, 2), "_"].find((one) => ` ${shards} `.includes(` ${one} `));
    const lines = name ? (await load(`${base}mots/m-${name}.txt`)).split("\n").map((line) => line.split("\t").map((cell) => cell.split(" "))) : [];
    const near = cuts(word), long = word.length, found = [
      (it) => it === word,
      (it) => long > 2 && it.startsWith(word),
      (it) => long > 3 && cuts(it).some((one) => near.includes(one)),
      (it) => long > 6 && it.startsWith(word.slice(0, -3)),
    ].map((test) => lines.filter((line) => line.some(([it]) => test(it))));
    return (found.find((one) => one[0]) ?? []).flat();
  };
  const term = async (word) => {
    const parts = word.split("-"), whole = await look(parts.join("")), hits = {};
    const cells = whole[0] ? whole : (await Promise.all(parts.map(look))).flat();
    for (const [, ...tokens] of cells) {
      let at = 0;
      for (const token of tokens) {
        const [, step, weight, spots] = token.match(/^(-?[\da-z]+)([A-E]?)(.*)/);
        const hit = hits[at += parseInt(step, 36)] ??= { score: 0, spots: [] };
        hit.score += 2 + "ABCDE".indexOf(weight || "A");
        hit.spots.push(...spots.match(/\W\w+/g) ?? []);
      }
    }
    return { hits, word, count: Object.keys(hits).length, forms: cells.map(([it]) => it) };
  };
  const search = async () => {
    const words = [...new Set(fold(q.value).replace(/[‐‑]/g, "-").match(/[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*/gu))].slice(0, 9).map((it) => it.slice(0, 40));
    const terms = (await Promise.all(words.map(term))).filter(({ count, word }) => count || word[3] || !words[1]);
    const isProof = genre.value === "p", found = [];
    for (const [at, row] of rows) {
      const hits = terms.map((one) => one.hits[at]), { k = at < 0 ? "" : "b" } = row.dataset;
      const best = [...new Set(hits[0]?.spots)].filter((spot) => (!isProof || spot[0] === ".") && hits.every((hit) => hit?.spots.includes(spot)));
      if (
        k.includes(genre.value) && (!isProof || best[0] || !terms[0])
        && (row.firstChild.dateTime ?? "").startsWith(annee.value) && (!mot.value || row.lastChild.textContent.split(", ").includes(mot.value))
      ) {
        const score = terms.reduce((sum, one, i) => sum + (hits[i]?.score ?? 0) * Math.log(1 + rows.length / one.count), 0);
        found.push({ at, row, best, score, count: hits.filter(Boolean).length });
      }
    }
    const most = Math.max(...found.map((one) => one.count));
    found.sort((one, other) => other.score - one.score || other.at - one.at);
    return [q.value && !(most > 0) ? [] : found.filter((one) => one.count === most), terms.flatMap((one) => one.forms), most < terms.length];
  };
  // The words around the first that was found, in the element that holds most of them.
  const quote = async (address, forms) => {
    const page = new DOMParser().parseFromString(await load(address), "text/html"), rich = (text) => new Set(text.map(([, it]) => it)).size;
    const texts = all("main :is(p, li, dd, td)", page).map((one) => one.textContent.split(/([\p{L}\p{N}]+)/u).map((it) => [it, forms.includes(fold(it)) && fold(it)]));
    const text = texts.sort((one, other) => rich(other) - rich(one))[0] ?? [], from = Math.max(0, text.findIndex(([, it]) => it) - 20);
    return text.slice(from, from + 60).map(([it, isFound]) => isFound ? el("mark", {}, it) : it);
  };
  const draw = async ({ at, row, best }, forms, isFirst) => {
    const item = list.appendChild(row.cloneNode(true)), { href } = item.querySelector("a");
    if (isFirst && forms[0]) item.append(el("p", {}, ...await quote(href, forms)));
    const spots = best[0] ? JSON.parse(await load(`${base}passages/${Math.floor(at / 16)}.json`))[at] : [];
    const links = best.slice(0, 3).map((spot) => spots[parseInt(spot.slice(1), 36) - 1]).map(([, hash, text]) => el("li", {}, el("a", { href: href + hash }, text)));
    if (links[0]) item.append(el("ul", {}, ...links));
  };
  let turn = 0, timer, show;
  const answer = async () => {
    clearTimeout(timer);
    const mine = ++turn, used = asked.filter((one) => one.value), about = q.value && ` pour «\u00a0${q.value}\u00a0»`;
    const asking = `${new URLSearchParams(used.map((one) => [one.name, one.value]))}`;
    history.replaceState(null, "", base + (asking && `?${asking}`));
    document.title = q.value ? `${q.value} – ${title}` : title;
    try {
      const [found, forms, isPart] = used[0] ? await search() : [[]], many = found.length;
      if (mine !== turn) return;
      list.replaceChildren();
      said.textContent = used[0] && `${many || "Aucun"} résultat${many > 1 ? "s" : ""}${about}${many && isPart ? ", sans tous ces mots" : ""}.`;
      (show = () => {
        const from = list.children.length;
        found.slice(from, from + 10).forEach((one, i) => draw(one, forms, from + i < 3).catch(() => {})); // a result without its words is one all the same
        more.hidden = list.children.length >= many;
        return list.children[from];
      })();
    } catch {
      said.textContent = "La recherche n’a pas abouti. Vérifiez la connexion, puis rechargez la page.";
    }
  };
  form.onsubmit = (event) => answer(event.preventDefault());
  form.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(answer, 250);
  };
  more.onclick = () => show().querySelector("a").focus();
  addEventListener("keydown", (event) => {
    if (event.key === "/" && slash.checked && !event.target.matches("input, select")) q.focus(event.preventDefault());
  });
  for (const one of asked) one.value = new URLSearchParams(location.search).get(one.name) ?? "";
  answer();
});
