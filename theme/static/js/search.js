// The search. A question's words are looked up in the files of the index, named after their first letters or their last
// (components/search/shards.py says how they are written); a row comes from its block, an excerpt from the page of its result.
// It may weigh 4 kB, since the first answer waits for it: hence short names.
{
  const form = document.forms.recherche, list = form.querySelector("ol"), { q, genre, mot, annee, slash, said, more } = form,
    fields = [q, genre, mot, annee], { base, count, empty, shards, failed } = form.dataset, { title } = document, files = {},
    load = path => files[path] ??= fetch(path, { cache: "no-cache" }).then(got => got.ok ? got.text() : Promise.reject()),
    page = async path => new DOMParser().parseFromString(await load(path), "text/html"),
    read = async name => (await load(`${base}mots/m-${name}.txt`)).split("\n").map(line => line.split("\t").map(cell => cell.split(" "))),
    join = async all => (await Promise.all(all)).flat(),
    fold = text => text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFKD").replace(/\p{M}/gu, ""),
    // The cells of the index for a word: its own, else those of what it begins, of what is one mistake away, of other endings.
    // A word of a list of endings has its own or none: the two files may be of two days.
    look = async (word, exact) => {
      const lines = await read(word.match(shards)[0]), some = all => all[0] && all,
        pick = start => some(lines.filter(line => line.some(([it]) => it.match(`^(${start})`))).flat()),
        near = [...word].map((a, at, { [at + 1]: b = "" }) => `${word.slice(0,at)}(.?.?${b}|${b}${a})${word.slice(at+2)}$`).join("|");
      return pick(`${word}$`) || !exact && (word[2] && pick(word)
        || word[3] && (pick(near) || some(await join((await read(`fin-${parseInt(word.slice(-3),36)%97|0}`))[0][0].filter(it => it.match(`^(${near})`)).map(it => look(it, 1)))))
        || word[6] && pick(word.slice(0, -3))) || "";
    },
    // How well each text answers, by its number: a rare word says more.
    weigh = cells => {
      const hits = {}, rare = Math.log1p(count / cells.flat().length);
      for (const [, ...tokens] of cells) {
        let at = 0;
        for (const it of tokens) {
          const hit = hits[at += parseInt(it)] ??= { rank: 0, spots: [] };
          hit.rank += it.split("+").length * rare;
          hit.spots.push(...it.match(/[.!]\w+/g) ?? []);
        }
      }
      return hits;
    },
    row = async ({ at, spots }) => {
      const item = (await page(`${base}textes/${at>>3}.txt`)).getElementById(`t${at}`);
      spots.slice(0, 3).map(spot => item.querySelectorAll("li")[spot.slice(1)].hidden = false);
      return item;
    },
    // The words around the first that was found.
    quote = async item => {
      for (const { textContent } of (await page(item.querySelector("a").href)).querySelectorAll("main :is(p,li,dd,td)")) {
        const text = textContent.split(/([\p{L}\p{N}]+)/u).map(it => forms.includes(fold(it)) ? Object.assign(document.createElement("mark"), { textContent: it }) : it),
          from = text.findIndex(it => it.nodeName);
        if (from > 0) return item.lastChild.append(...text.slice(from - from % 30, from + 40));
      }
    },
    ask = async () => {
      const own = forms = [], used = fields.flatMap(it => it.value ? [[it.name, it.value]] : []), uri = used[0] ? "?" + new URLSearchParams(used) : "";
      history.replaceState(0, "", base + uri);
      document.title = (q.value && q.value + " – ") + title;
      try {
        const terms = await join((fold(q.value.slice(0, 99)).match(/[\p{L}\p{N}]+([-‐][\p{L}\p{N}]+)*/gu) ?? []).filter(it => !it.match(empty)).map(async word => {
            const bits = word.split(/[-‐]/), cells = await look(bits.join("")) || await join(bits.map(it => look(it)));
            forms.push(...cells.map(([it]) => it));
            return weigh(cells);
          })),
          sets = await join(used.map(async pair => pair[0] === "q" ? [] : weigh((await read("filtres")).flat().filter(([it]) => it === pair.join("="))))),
          texts = Object.keys(Object.assign({}, ...terms[0] ? terms : sets)).map(at => {
            const hits = terms.flatMap(term => term[at] ?? []),
              spots = hits[0]?.spots.filter(spot => (genre.value !== "p" || spot[0] === ".") && hits.every(hit => hit.spots.includes(spot))) ?? [];
            return { at, spots, many: hits.length, rank: hits.reduce((sum, hit) => sum + hit.rank, 0) };
          }).filter(({ at, spots }) => sets.every(hits => hits[at]) && (genre.value !== "p" || spots[0] || !terms[0]))
            .sort((a, b) => b.many - a.many || b.rank - a.rank || b.at - a.at),
          found = texts.filter(it => it.many === texts[0].many),
          show = async from => {
            const rows = await join(found.slice(from, from + 10).map(row));
            await Promise.allSettled(rows.slice(0, 3).map(quote)); // before they are shown: nothing moves under the eyes of who reads
            if (own !== forms) return; // another question was asked meanwhile
            list[from ? "append" : "replaceChildren"](...rows);
            said.value = uri && (found.length || "Aucun") + " résultat" + (found[1] ? "s" : "") + (q.value && " pour « " + q.value + " »")
              + (found[0]?.many < terms.length ? ", sans tous ces mots." : ".");
            more.hidden = !found[from + 10];
            more.onclick = async () => (await show(from + 10)).querySelector("a").focus();
            return rows[0];
          };
        await show(0);
      } catch {
        said.value = failed;
      }
    };
  let wait, forms;
  form.onsubmit = form.oninput = e => {
    clearTimeout(wait, e.preventDefault());
    wait = setTimeout(ask, 250);
  };
  onkeydown = e => {
    if (e.key === "/" && slash.checked && !e.target.matches("input,select")) q.focus(e.preventDefault());
  };
  fields.map(it => it.value = new URLSearchParams(location.search).get(it.name) ?? "");
  ask();
}
