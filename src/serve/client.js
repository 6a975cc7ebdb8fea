// Of `kairan serve` alone: this script is in no site that is built. It listens for news of the page it stands on,
// reloads it where it was scrolled to, points at what changed, and shows what is wrong with the site.
(() => {
  "use strict";
  const script = document.currentScript;
  const { lang } = script.dataset;
  let { version } = script.dataset;
  const framed = window.top !== window;

  const WORDS = {
    ja: {
      errors: (n) => `エラー ${n}`,
      warnings: (n) => `注意 ${n}`,
      stale: "直るまで、前の正しいサイトを表示しています。",
      problems: "サイトの問題",
      close: "閉じる（Esc）",
      open: "問題を見る",
      error: "エラー",
      warning: "注意",
      found: "書かれている値",
      expected: "正しい形",
      help: "対処",
      more: (n) => `ほか ${n} 件`,
      changed: "変わったページ",
      gone: "kairan serve とつながっていません。変更は表示されません。",
    },
    en: {
      errors: (n) => (n === 1 ? "1 error" : `${n} errors`),
      warnings: (n) => (n === 1 ? "1 warning" : `${n} warnings`),
      stale: "The last good site is shown until this is mended.",
      problems: "Problems of the site",
      close: "Close (Esc)",
      open: "Show the problems",
      error: "error",
      warning: "warning",
      found: "found",
      expected: "expected",
      help: "help",
      more: (n) => `and ${n} more`,
      changed: "Changed pages",
      gone: "Not connected to kairan serve: changes are not shown.",
    },
  }[lang];

  const STYLE = `
    :host { all: initial; color-scheme: light dark; --ink: #1b1b1f; --paper: #fff; --edge: #8a8a90; --error: #b3001b; --warning: #7a4d00; --mark: #ffe08a;
      font: 15px/1.55 system-ui, "Hiragino Sans", "Noto Sans JP", sans-serif; color: var(--ink); }
    @media (prefers-color-scheme: dark) {
      :host { --ink: #f1f1f4; --paper: #1d1d21; --edge: #85858d; --error: #ff9a9a; --warning: #f2c063; --mark: #5c4600; } }
    @media print { :host { display: none; } }
    [hidden] { display: none !important; }
    section, aside, .chip { position: fixed; z-index: 2147483647; box-sizing: border-box; background: var(--paper); color: inherit;
      border: 1px solid var(--edge); box-shadow: 0 2px 18px #0005; }
    section { inset: auto 0 0 0; max-height: 65vh; overflow: auto; border-width: 3px 0 0; border-top-color: var(--error); padding: 0 16px 12px; }
    section.mild { border-top-color: var(--warning); }
    header { position: sticky; top: 0; display: flex; gap: 12px; align-items: baseline; background: var(--paper); padding: 8px 0; }
    h2 { font: inherit; font-weight: 700; margin: 0; }
    header p { margin: 0; flex: 1; }
    article { border-top: 1px solid var(--edge); padding: 10px 0; overflow-wrap: anywhere; }
    p { margin: 0; }
    b { color: var(--error); }
    .warning b { color: var(--warning); }
    code, pre { font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK JP", monospace; }
    pre { margin: 4px 0; padding: 4px 8px; overflow-x: auto; border-left: 3px solid var(--edge); }
    pre span { user-select: none; opacity: .75; }
    mark { background: var(--mark); color: inherit; text-decoration: underline wavy var(--error) 1px; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 12px; margin: 0; }
    dt { font-weight: 700; } dd { margin: 0; }
    button { font: inherit; color: inherit; background: none; border: 1px solid var(--edge); border-radius: 4px; min-height: 32px; padding: 2px 10px; cursor: pointer; }
    button:focus-visible, a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
    .chip { right: 12px; bottom: 12px; font-weight: 700; color: var(--error); background: var(--paper); border-color: currentColor; }
    .chip.mild { color: var(--warning); }
    aside { left: 12px; bottom: 12px; max-width: min(28rem, calc(100vw - 24px)); border-radius: 4px; padding: 8px 12px; overflow-wrap: anywhere; }
    aside ul { margin: 0; padding: 0; list-style: none; }
    a { color: inherit; }
    .voice { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  `;

  // ---------------------------------------------------------------- what changed on the page

  const BLOCKS = "figure,table,tr,p,li,h1,h2,h3,h4,h5,h6,dt,dd,pre,blockquote,summary,svg,img";
  const PANEL = "figure[id]";
  const MOST_MARKED = 12;
  const KEPT = "kairan-serve";

  /** A short stand-in for an element: names of files may change in it without a change that can be seen. */
  const sign = (element) => {
    let hash = 5381;
    const text = element.outerHTML.replace(/[.-][0-9a-f]{8,}(?=\.)/g, "");
    for (let index = 0; index < text.length; index += 1) {
      hash = (Math.imul(hash, 33) ^ text.charCodeAt(index)) >>> 0;
    }
    return hash.toString(36);
  };

  // Taken before any other script of the page runs.
  const blocks = framed ? [] : [...document.querySelectorAll(BLOCKS)].map((element) => [element, sign(element)]);

  /** The smallest blocks that were not there before; of a panel, the panel. */
  const changed = (before) => {
    const known = new Set(before);
    const others = blocks.filter(([, hash]) => !known.has(hash)).map(([element]) => element);
    if (others.length > 200) {
      return others;
    }
    const smallest = others.filter((element) => !others.some((other) => other !== element && element.contains(other)));
    return [...new Set(smallest.map((element) => element.closest(PANEL) ?? element))];
  };

  /** A frame around an element, for two seconds. It fades, unless the person wants no motion. */
  const point = (element) => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const shown = { outline: "3px solid #d9730d", outlineOffset: "3px" };
    const gone = { outline: "3px solid transparent", outlineOffset: "3px" };
    element.animate([shown, shown, gone], { duration: 2000, easing: still ? "step-end" : "linear" });
  };

  const reload = () => {
    try {
      const kept = { path: location.pathname, x: scrollX, y: scrollY, before: blocks.map(([, hash]) => hash) };
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch { /* no room, or no storage: the page is reloaded all the same */ }
    location.reload();
  };

  const restore = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch { /* as above */ }
    if (kept?.path !== location.pathname) {
      return;
    }
    const back = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    back();
    addEventListener("load", back, { once: true });
    const marked = changed(kept.before);
    // Where all is new, there is nothing to point at. What is further down is pointed at when it comes into sight.
    if (marked.length <= MOST_MARKED) {
      const seen = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
        seen.unobserve(target);
        point(target);
      }));
      marked.forEach((element) => seen.observe(element));
    }
  };

  // ---------------------------------------------------------------- files that change places

  /** The new address of one that stands on the page, or null. */
  const swapped = (address, files) => {
    const url = new URL(address, document.baseURI);
    const file = url.origin === location.origin && files.find(([old]) => url.pathname === new URL(old, location.href).pathname);
    if (!file) {
      return null;
    }
    return file[0] === file[1] ? `${file[1]}?${Date.now().toString(36)}` : file[1];
  };

  /** Whether no script is among the files that changed. */
  const swap = (files) => {
    if ([...document.scripts].some((element) => element.src && swapped(element.src, files))) {
      return false;
    }
    for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
      const address = swapped(link.href, files);
      if (address) {
        const next = link.cloneNode();
        next.href = address;
        // The old one stays until the new one is there, so that the page is never without.
        next.addEventListener("load", () => link.remove(), { once: true });
        next.addEventListener("error", () => link.remove(), { once: true });
        link.after(next);
      }
    }
    for (const [name, elements] of [["src", "img,source,video,audio"], ["srcset", "img,source"], ["poster", "video"]]) {
      for (const element of document.querySelectorAll(elements)) {
        const value = element.getAttribute(name);
        const next = value?.replace(/[^\s,]+/g, (word) => swapped(word, files) ?? word);
        if (next && next !== value) {
          element.setAttribute(name, next);
          point(element);
        }
      }
    }
    return true;
  };

  // ---------------------------------------------------------------- what is shown over the page

  /** An element with attributes and children; a text is a child too. */
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) {
        element.addEventListener(key.slice(2), value);
      } else {
        element.setAttribute(key, value);
      }
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  };

  let shade = null;
  /** The place for what is shown: the theme's style sheets do not reach into it, nor ours out of it. */
  const surface = () => {
    if (!shade) {
      const host = make("kairan-serve", { lang });
      shade = host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shade.adoptedStyleSheets = [sheet];
      document.documentElement.append(host);
    }
    return shade;
  };

  /** Shows an element in the place of the one that was shown under that name; with null, takes it away. */
  const shown = {};
  const show = (name, element) => {
    shown[name]?.remove();
    shown[name] = element;
    if (element) {
      surface().append(element);
    }
  };

  const line = ({ line: number, column, end_line: endLine, end_column: endColumn, text }) => {
    const letters = Array.from(text ?? "");
    const from = column - 1;
    const to = endLine === number ? Math.max(endColumn - 1, from + 1) : letters.length;
    const part = (start, end) => letters.slice(start, end).join("");
    return make("pre", { tabindex: "0" }, make("span", {}, `${number} | `), part(0, from), make("mark", {}, part(from, to)), part(to));
  };

  const problem = (finding) => {
    const { place } = finding;
    const note = (name, text) => (text ? [make("dt", {}, WORDS[name]), make("dd", {}, text)] : []);
    const notes = [
      ...note("found", finding.found),
      ...note("expected", finding.expected),
      ...finding.help.flatMap((text) => note("help", text)),
    ];
    return make("article", { class: finding.severity },
      make("p", {}, make("b", {}, `${WORDS[finding.severity]} `), finding.message, " ", make("code", {}, `[${finding.code}]`)),
      place && make("p", {}, make("code", {}, `${place.file}:${place.line}:${place.column}`)),
      place && place.text !== null ? line(place) : null,
      notes.length ? make("dl", {}, ...notes) : null);
  };

  let told = "";
  const problems = (news) => {
    const key = JSON.stringify(news.problems);
    if (key === told) {
      return;
    }
    told = key;
    const count = [news.errors && WORDS.errors(news.errors), news.warnings && WORDS.warnings(news.warnings)].filter(Boolean).join("・");
    if (!count) {
      show("problems", null);
      show("chip", null);
      return;
    }
    const mild = news.errors ? "" : "mild";
    const more = news.errors + news.warnings - news.problems.length;
    const list = make("section", { class: mild, "aria-label": WORDS.problems, role: "region", id: "problems" },
      make("header", {},
        make("h2", {}, count),
        make("p", {}, news.errors ? WORDS.stale : ""),
        make("button", { type: "button", onclick: () => open(false), "aria-label": WORDS.close }, "×")),
      ...news.problems.map(problem),
      more > 0 ? make("p", {}, WORDS.more(more)) : null);
    const chip = make("button", { class: `chip ${mild}`, type: "button", "aria-expanded": "false", title: WORDS.open, onclick: () => open(true) }, count);
    const open = (whole) => {
      const inside = shade.activeElement !== null;
      list.hidden = !whole;
      chip.hidden = whole;
      // Who closes the list by keyboard goes on at what opens it, and the other way round.
      if (inside) {
        (whole ? list.querySelector("button") : chip).focus();
      }
    };
    show("problems", list);
    show("chip", chip);
    // Warnings wait until somebody asks for them.
    open(news.errors > 0);
    say(`${count} ${news.problems[0]?.message ?? ""}`);
  };

  /** Speaks to screen readers, without taking the person away from where they are. */
  const say = (text) => {
    shown.voice ?? show("voice", make("div", { role: "status", class: "voice" }));
    shown.voice.textContent = text;
  };

  const hint = (name, ...children) => {
    const close = make("button", { type: "button", "aria-label": WORDS.close, onclick: () => show(name, null) }, "×");
    show(name, make("aside", { role: "status" }, ...children, close));
  };

  const others = ({ others: pages, more }) => {
    const item = (href) => make("li", {}, make("a", { href }, decodeURI(href)));
    hint("others", WORDS.changed, make("ul", {}, ...pages.map(item), more ? make("li", {}, WORDS.more(more)) : null));
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && shown.problems && !shown.problems.hidden) {
      shown.problems.querySelector("button").click();
    }
  });

  // ---------------------------------------------------------------- news

  const hear = (news) => {
    show("gone", null);
    if (news.page === "other" || !swap(news.files)) {
      reload();
      return;
    }
    version = news.version;
    if (framed) {
      return;
    }
    if (news.others.length) {
      others(news);
    }
    // The page that stands for a site without a good build holds its problems already, as text.
    if (!version.startsWith("none")) {
      problems(news);
    }
  };

  let channel = null;
  let lost = 0;
  const connect = () => {
    // A browser opens six connections to a host: tabs that nobody sees need none, and look again when they are seen.
    if (document.hidden) {
      channel?.close();
      channel = null;
    } else if (!channel) {
      channel = new EventSource(`/_kairan/news?path=${encodeURIComponent(location.pathname)}&version=${encodeURIComponent(version)}`);
      channel.onmessage = (event) => {
        clearTimeout(lost);
        lost = 0;
        hear(JSON.parse(event.data));
      };
      channel.onerror = () => {
        channel.close();
        channel = null;
        lost ||= setTimeout(() => framed || hint("gone", WORDS.gone), 3000);
        setTimeout(connect, 1000);
      };
    }
  };
  document.addEventListener("visibilitychange", connect);
  addEventListener("pagehide", () => {
    channel?.close();
    channel = null;
  });
  addEventListener("pageshow", (event) => event.persisted && connect());

  // The server's own page has no style sheet; its long lines are broken here.
  if (version.startsWith("none")) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("pre { white-space: pre-wrap; overflow-wrap: anywhere; } body { margin: 1rem; }");
    document.adoptedStyleSheets = [sheet];
  }
  restore();
  connect();
})();
