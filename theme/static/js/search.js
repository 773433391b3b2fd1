// The search. A question's words are looked up in the files of the index, named after their first letters or their last
// (components/search/shards.py says how they are written); a row comes from its block, an excerpt from the page of its result.
// It is to weigh 4 kB at most, for the first answer: hence the short names.
{
  const form = document.querySelector(".search"), list = form.querySelector("ol"), { q, genre, mot, annee, slash, said, more } = form;
  const filters = [genre, mot, annee], { base, count, shards, failed } = form.dataset, { title } = document, WORD = /([\p{L}\p{N}]+)/u;
  const fold = text => text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const files = {}, load = path => files[path] ??= fetch(path, { cache: "no-cache" }).then(got => got.text());
  const page = async path => new DOMParser().parseFromString(await load(path), "text/html");
  const read = async name => (await load(`${base}mots/m-${name}.txt`)).split("\n").map(line => line.split("\t").map(cell => cell.split(" ")));
  const join = async all => (await Promise.all(all)).flat();
  // The cells of the index for a word: its own, else those of what it begins, of what is one mistake away, of other endings.
  const look = async word => {
    const name = [word.slice(0, 3), word.slice(0, 2), "_"].find(it => ` ${shards} `.includes(` ${it} `)), lines = name ? await read(name) : [];
    const some = all => all[0] && all, end = parseInt(word.slice(-3), 36) % 97;
    const pick = (start, test = RegExp(`^(${start})`)) => some(lines.filter(line => line.some(([it]) => test.test(it))).flat());
    const near = [...word].map((a, at, { [at + 1]: b = "" }) => `${word.slice(0, at)}(.?.?${b}|${b}${a})${word.slice(at + 2)}$`).join("|");
    return pick(`${word}$`) || word[2] && pick(word) || word[3] && pick(near)
      || word[4] && end >= 0 && some(await join((await read(`fin-${end}`))[0][0].filter(it => it.match(`^(${near})`)).map(look)))
      || word[6] && pick(word.slice(0, -3)) || [];
  };
  // How well each text answers, by its number: a rare word says more.
  const weigh = cells => {
    const hits = {}, rare = Math.log1p(count / cells.flat().length);
    for (const [, ...tokens] of cells) {
      let at = 0;
      for (const token of tokens) {
        const hit = hits[at += parseInt(token, 36)] ??= { score: 0, spots: [] };
        hit.score += token.split("+").length * rare;
        hit.spots.push(...token.match(/[.!]\w+/g) ?? []);
      }
    }
    return hits;
  };
  const term = async word => {
    const parts = word.split(/[-‐]/), whole = await look(parts.join("")), cells = whole[0] ? whole : await join(parts.map(look));
    return { word, hits: weigh(cells), forms: cells.map(([it]) => it) };
  };
  const search = async () => {
    const isProof = genre.value === "p", words = fold(q.value.slice(0, 99)).match(/[\p{L}\p{N}]+([-‐][\p{L}\p{N}]+)*/gu) ?? [];
    const terms = (await join(words.map(term))).filter(({ word, forms }) => forms[0] || word[3] || !words[1]);
    const chosen = await join(filters.map(async ({ name, value }) => value ? weigh((await read("filtres")).flat().filter(([it]) => it === `${name}=${value}`)) : []));
    const found = Object.keys(Object.assign({}, ...terms[0] ? terms.map(({ hits }) => hits) : chosen)).map(at => {
      const hits = terms.flatMap(({ hits }) => hits[at] ?? []);
      const spots = hits[0]?.spots.filter(spot => (!isProof || spot[0] === ".") && hits.every(hit => hit.spots.includes(spot))) ?? [];
      return { at, spots, many: hits.length, score: hits.reduce((sum, { score }) => sum + score, 0) };
    }).filter(({ at, spots }) => chosen.every(hits => hits[at]) && (!isProof || spots[0] || !terms[0]));
    found.sort((a, b) => b.many - a.many || b.score - a.score || b.at - a.at);
    return [found.filter(({ many }) => many === found[0].many), terms.flatMap(({ forms }) => forms), found[0]?.many < terms.length];
  };
  const el = (tag, ...inside) => {
    const made = document.createElement(tag);
    made.append(...inside);
    return made;
  };
  const row = async ({ at, spots }) => {
    const item = (await page(`${base}textes/${at >> 3}.txt`)).getElementById(`t${at}`), shown = spots.slice(0, 3).map(spot => parseInt(spot.slice(1), 36));
    item.querySelectorAll("li").forEach((li, i) => shown.includes(i + 1) || li.remove());
    return item;
  };
  // The words around the first that was found.
  const quote = async (item, forms) => {
    for (const { textContent } of (await page(item.querySelector("a").href)).querySelectorAll("main :is(p, li, dd, td)")) {
      const text = textContent.split(WORD).map(it => forms.includes(fold(it)) ? el("mark", it) : it), from = text.findIndex(it => it.nodeName);
      if (from > 0) return item.append(el("p", ...text.slice(Math.max(0, from - 20), from + 40)));
    }
  };
  let turn = 0, timer;
  const answer = async () => {
    const mine = ++turn, asking = new URLSearchParams([q, ...filters].filter(it => it.value).map(it => [it.name, it.value])).toString();
    history.replaceState(null, "", base + (asking && "?" + asking));
    document.title = (q.value && q.value + " – ") + title;
    try {
      const [found, forms, isPart] = await search(), many = found.length, about = q.value && ` pour «\u00a0${q.value}\u00a0»`;
      const show = async from => {
        const rows = await Promise.all(found.slice(from, from + 10).map(row));
        if (mine !== turn) return;
        list.replaceChildren(...[...list.children].slice(0, from), ...rows);
        said.value = asking && `${many || "Aucun"} résultat${many > 1 ? "s" : ""}${about}${isPart ? ", sans tous ces mots" : ""}.`;
        more.hidden = from + 10 >= many;
        more.onclick = async () => (await show(from + 10)).querySelector("a").focus();
        rows.slice(0, 3).map(item => quote(item, forms).catch(() => {})); // a result without its words is one all the same
        return rows[0];
      };
      await show(0);
    } catch {
      said.value = failed;
    }
  };
  form.onsubmit = form.oninput = event => {
    clearTimeout(timer, event.preventDefault());
    timer = setTimeout(answer, 250);
  };
  addEventListener("keydown", event => {
    if (event.key === "/" && slash.checked && !event.target.matches("input, select")) q.focus(event.preventDefault());
  });
  for (const it of [q, ...filters]) it.value = new URLSearchParams(location.search).get(it.name) ?? "";
  answer();
}
