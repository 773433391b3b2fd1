// The search. A question's words are looked up in the files of the index, named after their first letters or their last
// (components/search/shards.py says how they are written); a row comes from its block, an excerpt from the page of its result.
// It may weigh 4 kB, since the first answer waits for it: hence short names.
{
  let form = document.forms.recherche, list = form.querySelector("ol"), { q, genre, mot, annee, slash, said, more } = form,
    asked = [q, genre, mot, annee], { base, count, empty, shards, failed } = form.dataset, { title } = document, files = {},
    load = path => files[path] ??= fetch(path, { cache: "no-cache" }).then(got => got.ok ? got.text() : Promise.reject()),
    page = async path => new DOMParser().parseFromString(await load(path), "text/html"),
    read = async name => (await load(`${base}mots/m-${name}.txt`)).split("\n").map(line => line.split("\t").map(cell => cell.split(" "))),
    join = async all => (await Promise.all(all)).flat(),
    fold = text => text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFKD").replace(/\p{M}/gu, ""),
    words = /((?:[-‐]?[\p{L}\p{N}])+)/gu,
    // A word with hyphens as one, then its parts.
    cut = (word, bits = fold(word).split(/[-‐]/)) => [bits.join(""), ...bits],
    // The cells of the index for a word: its own, else those of what it begins, of what is one mistake away, of other endings.
    // A word of a list of endings has its own or none: the two files may be of two days.
    look = async (word, own) => {
      let lines = await read(word.match(shards)[0]), some = all => all[0] && all,
        pick = start => some(lines.filter(line => line.some(([it]) => it.match(`^(${start})`))).flat()),
        near = [...word].map((a, at, { [at + 1]: b = "" }) => `${word.slice(0,at)}(.?.?${b}|${b}${a})${word.slice(at+2)}$`).join("|");
      return pick(`${word}$`) || !own && (word[2] && pick(word)
        || word[3] && (pick(near) || some(await join((await read(`fin-${parseInt(word.slice(-3),36)%97|0}`))[0][0].filter(it => it.match(`^(${near})`)).map(it => look(it, 1)))))
        || word[6] && pick(word.slice(0, -3))) || "";
    },
    // How well each text answers, by its number: a rare word says more.
    rate = cells => {
      let hits = {}, rare = Math.log1p(count / cells.flat().length);
      for (let [, ...all] of cells) {
        let at = 0;
        for (let it of all) {
          let hit = hits[at += parseInt(it)] ??= { rank: 0, spots: [] };
          hit.rank += it.split("+").length * rare;
          hit.spots.push(...it.match(/[.!]\w+/g) ?? []);
        }
      }
      return hits;
    },
    row = async ({ at, spots }) => {
      let item = (await page(`${base}textes/${at>>3}.txt`)).getElementById(`t${at}`);
      spots.slice(0, 3).map(spot => item.querySelectorAll("li")[spot.slice(1)].hidden = 0);
      return item;
    },
    // The words around the first that was found.
    quote = async item => {
      for (let it of (await page(item.querySelector("a").href)).querySelectorAll("main :is(p,li,dd,td)")) {
        let text = it.textContent.split(words).map(it => cut(it).some(it => seen.includes(it)) ? Object.assign(document.createElement("mark"), { textContent: it }) : it),
          from = text.findIndex(it => it.append);
        if (from > 0) return item.lastChild.append(...text.slice(from - from % 30, from + 40));
      }
    },
    ask = async () => {
      let own = seen = [], used = asked.flatMap(it => it.value ? [[it.name, it.value]] : []), uri = used[0] ? "?" + new URLSearchParams(used) : "";
      history.replaceState(0, "", base + uri);
      document.title = (q.value && q.value + " – ") + title;
      try {
        let terms = await join((fold(q.value.slice(0, 99)).match(words) ?? []).filter(it => !it.match(empty)).map(async word => {
            let [all, ...bits] = cut(word), cells = await look(all) || await join(bits.map(it => it && look(it)));
            seen.push(...cells.map(([it]) => it));
            return rate(cells);
          })),
          sets = await join(used.map(async pair => pair[0] == "q" ? [] : rate((await read("filtres")).flat().filter(([it]) => it == pair.join("="))))),
          texts = Object.keys(Object.assign({}, ...terms[0] ? terms : sets)).map(at => {
            let hits = terms.flatMap(term => term[at] ?? []),
              spots = hits[0]?.spots.filter(spot => (genre.value != "p" || spot[0] == ".") && hits.every(hit => hit.spots.includes(spot))) ?? [];
            return { at, spots, many: hits.length, rank: hits.reduce((sum, hit) => sum + hit.rank, 0) };
          }).filter(({ at, spots }) => sets.every(hits => hits[at]) && (genre.value != "p" || spots[0] || !terms[0]))
            .sort((a, b) => b.many - a.many || b.rank - a.rank || b.at - a.at),
          best = texts.filter(it => it.many == texts[0].many),
          show = async from => {
            let rows = await join(best.slice(from, from + 10).map(row));
            await Promise.allSettled(rows.slice(0, 3).map(quote)); // before they are shown: nothing moves under the eyes of who reads
            if (own != seen) return; // another question was asked meanwhile
            list[from ? "append" : "replaceChildren"](...rows);
            said.value = uri && `${best.length||"Aucun"} résultat${best[1]?"s":""}${q.value&&" pour « "+q.value+" »"}${best[0]?.many<terms.length?", sans tous ces mots":""}.`;
            more.hidden = !best[from + 10];
            more.onclick = async () => (await show(from + 10)).querySelector("a").focus();
            return rows[0];
          };
        await show(0);
      } catch {
        said.value = failed;
      }
    };
  let wait, seen;
  form.onsubmit = form.oninput = e => {
    clearTimeout(wait, e.preventDefault());
    wait = setTimeout(ask, 250);
  };
  onkeydown = e => {
    if (e.key == "/" && slash.checked && !e.target.matches("input,select")) q.focus(e.preventDefault());
  };
  asked.map(it => it.value = new URLSearchParams(location.search).get(it.name) ?? "");
  ask();
}
