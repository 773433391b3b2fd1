// The browser's side of « invoke serve ». It exists in no file of the site: the server adds it to each page it shows.
(() => {
  const script = document.currentScript;
  const shown = { page: script.dataset.page, styles: JSON.parse(script.dataset.styles || "[]"), missing: false };
  const own = new URL(".", script.src).pathname;

  // What must survive a reload, for this tab alone; storage may be refused.
  const memory = {
    get(name) {
      try {
        return JSON.parse(sessionStorage.getItem(`plancher-apercu-${name}`));
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        sessionStorage.setItem(`plancher-apercu-${name}`, JSON.stringify(value));
      } catch {
        // the page then comes back at its top
      }
    },
  };

  // --- The page: loaded again when it changed, where the reader was.

  const wayTo = (element) => {
    const steps = [];
    for (let here = element; here && here !== document.body; here = here.parentElement) {
      if (here.id) return [`#${CSS.escape(here.id)}`, ...steps].join(" > ");
      if (!here.parentElement) return "";
      steps.unshift(`:nth-child(${[...here.parentElement.children].indexOf(here) + 1})`);
    }
    return steps.length ? ["body", ...steps].join(" > ") : "";
  };

  const loadAgain = () => {
    const unfolded = [...document.querySelectorAll("details")].map((details) => details.open);
    memory.set("place", { path: location.pathname, x: scrollX, y: scrollY, focus: wayTo(document.activeElement), unfolded });
    history.scrollRestoration = "manual";
    location.reload();
  };

  const comeBack = () => {
    const place = memory.get("place");
    memory.set("place", null);
    if (place?.path !== location.pathname) return;
    document.querySelectorAll("details").forEach((details, index) => (details.open = place.unfolded[index] ?? details.open));
    if (place.focus) document.querySelector(place.focus)?.focus({ preventScroll: true });
    const scroll = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    scroll();
    addEventListener("load", () => {
      scroll(); // once more, with pictures and faces
      history.scrollRestoration = "auto";
    });
  };

  // --- Style sheets: exchanged in place.

  const links = [...document.querySelectorAll('link[rel~="stylesheet"]')];

  const dress = (styles) => {
    styles.forEach(([href, mark], index) => {
      const [oldHref, oldMark] = shown.styles[index];
      if (href === oldHref && mark === oldMark) return;
      const old = links[index];
      const fresh = old.cloneNode();
      fresh.href = href === oldHref ? `${href}${href.includes("?") ? "&" : "?"}apercu=${mark}` : href;
      fresh.addEventListener("load", () => old.remove()); // never a moment without style
      old.after(fresh);
      links[index] = fresh;
    });
    shown.styles = styles;
  };

  let patience;
  const follow = (state) => {
    clearTimeout(patience);
    if (state.page !== shown.page) {
      // A file that is being saved may be absent for an instant.
      if (state.is_missing && !shown.missing) patience = setTimeout(loadAgain, 400);
      else loadAgain();
    } else if (state.styles.length !== shown.styles.length || links.length !== shown.styles.length) loadAgain();
    else dress(state.styles);
  };

  // --- What there is to mend.

  const NBSP = "\u00a0";
  const NNBSP = "\u202f";
  const WORDS = { panne: ["panne", "pannes"], erreur: ["erreur", "erreurs"], avertissement: ["avertissement", "avertissements"] };
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  // Messages are typed for a terminal: here they are set as French asks, but for what they quote.
  const set = (text) =>
    text
      .split(/(«[^»]*»)/)
      .map((part) => (part.startsWith("«") ? part : part.replaceAll(/(?<=\p{L})'(?=[\p{L}«])/gu, "’").replaceAll(/ (?=:)/g, NBSP).replaceAll(/ (?=[;?!])/g, NNBSP)))
      .join("")
      .replaceAll("« ", `«${NBSP}`)
      .replaceAll(" »", `${NBSP}»`)
      .replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase("fr"));
  const count = (notices, kind) => notices.filter((notice) => notice.severity === kind).length;
  const counted = (notices, ...kinds) =>
    kinds
      .filter((kind) => count(notices, kind))
      .map((kind) => `${count(notices, kind)}${NBSP}${WORDS[kind][count(notices, kind) < 2 ? 0 : 1]}`)
      .join(" et ");

  const host = make("plancher-apercu");
  const root = host.attachShadow({ mode: "open" });
  const title = make("h2", { id: "title" });
  const lead = make("p", { class: "lead" });
  const closing = make("button", { type: "button", class: "close" }, "Fermer", make("kbd", {}, "Échap"));
  const files = make("div", { class: "files", tabindex: "0", role: "group", "aria-label": "Détail par fichier" });
  const panel = make("section", { class: "panel", "aria-labelledby": "title", hidden: "" }, make("header", {}, title, closing, lead), files);
  const opening = make("button", { type: "button", class: "open" });
  const forgetting = make("button", { type: "button", class: "forget", "aria-label": "Masquer cette note" }, "×");
  const note = make("div", { class: "note", role: "group", "aria-label": "Note de l’aperçu", hidden: "" }, opening, forgetting);
  const stopped = make("p", { class: "stopped", hidden: "" }, `L’aperçu est arrêté${NBSP}: cette page ne suit plus vos textes.`);
  const status = make("p", { class: "status", role: "status" });
  const sheet = make("link", { rel: "stylesheet", href: `${own}client.css` });
  const corner = make("div", { class: "corner", hidden: "" }, stopped, note, panel, status);
  sheet.addEventListener("load", () => (corner.hidden = false)); // never shown bare
  root.append(sheet, corner);

  let report = { id: "", broken: false, notices: [] };

  const show = (state) => {
    const hadFocus = panel.contains(root.activeElement) || note.contains(root.activeElement);
    panel.hidden = state !== "panel";
    note.hidden = state !== "note";
    if (hadFocus && state === "note") opening.focus();
    if (hadFocus && state === "panel") files.focus();
    document.documentElement.style.setProperty("scroll-padding-bottom", panel.hidden ? "" : `${panel.offsetHeight}px`);
  };

  const close = () => {
    memory.set("closed", report.id);
    show("note");
  };

  const entry = (notice) => {
    const code = notice.code ? make("a", { class: "code", href: `/guide/#${notice.code}` }, notice.code) : "";
    const kind = make("span", { class: "kind" }, notice.severity);
    const line = make("span", { class: "line" }, notice.line ? `ligne${NBSP}${notice.line}` : "");
    const facts = make("p", { class: "facts" }, line, kind, code);
    return make("li", { class: notice.severity }, facts, make("p", { class: "message" }, set(notice.message)));
  };

  const list = (notices) => {
    const groups = new Map();
    for (const notice of notices) groups.set(notice.path, [...(groups.get(notice.path) || []), notice]);
    return [...groups].map(([path, found]) => make("section", {}, make("h3", {}, path || "Tout le site"), make("ol", { role: "list" }, ...found.map(entry))));
  };

  const tell = (news) => {
    if (news.id === report.id) return;
    const before = report;
    report = news;
    const { notices } = report;
    const grave = notices.some((notice) => notice.severity !== "avertissement");
    const mended = before.notices.length > 0 && notices.length === 0;
    const number = count(notices, "erreur");
    title.textContent = report.broken ? "Le site n’a pas pu être reconstruit" : grave ? `${counted(notices, "erreur")} à corriger` : counted(notices, "avertissement");
    lead.textContent = report.broken
      ? "Cette page est celle de la dernière construction réussie. Elle se mettra à jour dès que le fichier sera corrigé."
      : grave
        ? `Ce panneau se fermera de lui-même dès que ${number > 1 ? "tout sera corrigé" : "ce sera corrigé"}.`
        : "Rien n’empêche la publication.";
    files.replaceChildren(...list(notices));
    opening.textContent = counted(notices, "panne", "erreur", "avertissement");
    panel.dataset.kind = report.broken ? "panne" : grave ? "erreur" : "avertissement";
    const first = notices[0];
    status.textContent = mended
      ? "Tout est corrigé."
      : notices.length
        ? `${title.textContent}. ${first.path}${first.line ? `, ligne${NBSP}${first.line}` : ""}${NBSP}: ${set(first.message)}`
        : "";
    const isClosed = memory.get("closed") === report.id;
    if (!notices.length) show("nothing");
    else if (grave && !isClosed) show("panel");
    else show(!grave && isClosed ? "nothing" : "note");
  };

  closing.addEventListener("click", close);
  opening.addEventListener("click", () => {
    memory.set("closed", null);
    show("panel");
  });
  forgetting.addEventListener("click", () => {
    memory.set("closed", report.id);
    show("nothing");
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !panel.hidden) close();
  });

  // --- The line to the server: only while the page is visible, for a browser keeps few lines open to one host.

  let line;
  let silence;
  const heard = () => {
    clearTimeout(silence);
    silence = 0;
    stopped.hidden = true;
  };
  const hangUp = () => {
    line?.close();
    line = null;
    clearTimeout(silence);
    silence = 0;
  };
  const call = () => {
    if (line || document.visibilityState === "hidden") return;
    line = new EventSource(`${own}evenements?page=${encodeURIComponent(location.pathname)}`);
    line.addEventListener("message", (event) => {
      heard();
      const state = JSON.parse(event.data);
      tell(state.report);
      follow(state);
    });
    line.addEventListener("error", () => {
      silence ||= setTimeout(() => (stopped.hidden = false), 2000); // the browser calls again by itself
      if (line?.readyState !== EventSource.CLOSED) return;
      line = null; // refused, and the browser gives up: we do not
      setTimeout(call, 1000);
    });
  };

  comeBack();
  document.documentElement.append(host);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? hangUp() : call()));
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", call);
  call();
})();
