// Searching without a server: parts of the index are scripts that call kairanSearch, loaded as a query needs them.
// Text is folded and cut exactly as src/publish/search does it; tests/browser/cuts.json holds both to it.
"use strict";
(() => {
const { root, css } = document.currentScript.dataset;
const LANG = document.documentElement.lang;
const SHOWN = 10;
// The digits of written numbers: the first half ends one, the second has more to follow.
const DIGITS = Object.fromEntries([..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"].map((digit, value) => [digit, value]));

// ---------------------------------------------------------------- the index

const parts = {};
const coming = {};
const load = (name, fresh = "") => coming[name] ??= new Promise((loaded, failed) => {
  const script = Object.assign(document.createElement("script"), { src: `${root}search/${name}.js${fresh}` });
  script.onload = () => { script.remove(); loaded(parts[name]); };
  script.onerror = () => { script.remove(); delete coming[name]; failed(new Error(name)); };
  document.head.append(script);
});

const numbers = (row) => {
  const found = [];
  let [value, unit] = [0, 1];
  for (const digit of row) {
    const part = DIGITS[digit];
    value += (part % 32) * unit;
    unit *= 32;
    if (part < 32) {
      found.push(value);
      [value, unit] = [0, 1];
    }
  }
  return found;
};
const summed = (steps) => { let sum = 0; return steps.map((step) => sum += step); };

let head;
const ready = async (fresh) => {
  const index = await load("index", fresh);
  const passages = numbers(index.passages);
  head = {
    ...index,
    // The first unit of each entry, and where units end.
    starts: [0, ...summed(passages.map((count) => 2 + 2 * count))],
    titles: numbers(index.titles),
    count: passages.length,
    forms: Object.fromEntries(index.variants.flatMap((group) => { const [kept, ...others] = group; return others.map((other) => [other, kept]); })),
    languages: index.languages.map(({ words, ...language }, place, all) => ({
      ...language, words: Object.fromEntries(words), end: all.slice(0, place + 1).reduce((sum, { count }) => sum + count, 0),
    })),
  };
  const own = head.languages.findIndex(({ html }) => html === LANG);
  head.own = Math.max(own, 0);
  head.words = head.languages[head.own].words;
};
const word = (name, values = {}) => Object.entries(values)
  .reduce((text, [key, value]) => text.replace(`{$${key}}`, value), head.words[name] ?? name);

/** The last place whose number, or text, is not above `wanted`. */
const last = (list, wanted, of = (item) => item) => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(list[middle]) <= wanted) low = middle + 1; else high = middle;
  }
  return low - 1;
};
const languageOf = (entry) => head.languages.findIndex(({ end }) => entry < end);
const first = ([key]) => key;
const keysFrom = (place) => load(head.keys[place][1]);
const shownOf = async (entry) => {
  const place = last(head.texts, entry, first);
  return (await load(head.texts[place][1]))[entry - head.texts[place][0]];
};

// ---------------------------------------------------------------- folding and cutting

const MARKS = /[\u0300-\u036f\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u00ad\u200b-\u200d\u2060\ufeff]/gu;
const KATAKANA = /[ァ-ヺー]/u;
const isDigit = (letter) => letter >= "0" && letter <= "9";
const isLatin = (letter) => letter >= "a" && letter <= "z";

/** The letters of a text as they are looked for, and where in the text each of them begins and ends. */
const fold = (text) => {
  const raw = [];
  for (const { 0: piece, index } of text.matchAll(/[^][\p{M}ﾞﾟ]*/gu)) {
    const plain = [...piece.normalize("NFKD").replace(MARKS, "")].map((letter) => letter.toLowerCase()).join("");
    for (const letter of plain.normalize("NFC")) raw.push({ letter, from: index, to: index + piece.length });
  }
  const at = (place) => raw[place]?.letter ?? "";
  const silent = (place) => {
    const both = (is) => is(at(place - 1)) && is(at(place + 1));
    switch (at(place)) {
      case ",": return both(isDigit);
      case "'": case "’": return both(isLatin);
      case "ー": return [3, 2, 1].every((step) => KATAKANA.test(at(place - step))) && !KATAKANA.test(at(place + 1));
      default: return false;
    }
  };
  const kept = raw.filter((_, place) => !silent(place));
  for (const item of kept) {
    if (item.letter >= "ァ" && item.letter <= "ヶ") item.letter = String.fromCharCode(item.letter.charCodeAt(0) - 0x60);
    item.letter = head.forms[item.letter] ?? item.letter;
  }
  return kept;
};

const sortAt = (letters, place) => {
  const letter = letters[place];
  if (isLatin(letter) || isDigit(letter)) return "word";
  if (letter === "." && isDigit(letters[place - 1] ?? "") && isDigit(letters[place + 1] ?? "")) return "word";
  if (letter === "ー") return "kana";
  if (letter < "\u0080") return "";
  if (/\p{Script=Han}/u.test(letter)) return "kanji";
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letter)) return "kana";
  return /[\p{Alphabetic}\p{N}]/u.test(letter) ? "word" : "";
};

/** Words, and runs of letters that are written without spaces. */
const cut = (letters) => {
  const sorts = letters.map((_, place) => sortAt(letters, place));
  const pieces = [];
  for (let start = 0, end; start < letters.length; start = end) {
    const isWord = sorts[start] === "word";
    end = start;
    while (sorts[end] && (sorts[end] === "word") === isWord) end += 1;
    if (end > start) pieces.push({ start, end, isWord, letters: letters.slice(start, end), sorts: sorts.slice(start, end) });
    else end = start + 1;
  }
  return pieces;
};

const bytes = (text) => new TextEncoder().encode(text).length;
const stem = (text) => {
  const size = bytes(text);
  if (size > 4 && text.endsWith("ies")) return `${text.slice(0, -3)}y`;
  if (size > 4 && /(ch|sh|ss|x)es$/.test(text)) return text.slice(0, -2);
  return size > 3 && /[^su]s$/.test(text) ? text.slice(0, -1) : text;
};

const isLone = (sorts, place) => sorts[place] === "kanji" && sorts[place - 1] !== "kanji" && sorts[place + 1] !== "kanji";
const keysOf = ({ isWord, letters, sorts }) => {
  if (isWord) return [stem(letters.join(""))];
  const pairs = letters.slice(1).map((letter, place) => letters[place] + letter);
  return [...pairs, ...letters.filter((_, place) => isLone(sorts, place))];
};
const lettersOf = (text) => fold(text).map(({ letter }) => letter);

// ---------------------------------------------------------------- a query

/** What is asked for: `units` of each wish hold it, `keys` are the words that it found. */
const wishesOf = (query) => {
  const quoted = [...query.matchAll(/["“”「『]([^"“”」』]+)["“”」』]/g)].map(([, text]) => lettersOf(text).join("").trim());
  const wishes = cut(lettersOf(query)).map((piece) => ({ ...piece, text: piece.letters.join("") }));
  // A kana alone stands in every text.
  const telling = wishes.filter(({ isWord, letters, sorts }) => isWord || letters.length > 1 || sorts[0] === "kanji");
  return { wishes: telling, quoted: quoted.filter(Boolean) };
};

/** Whether one letter more, less, other or exchanged makes `typed` the beginning of `key`. */
const isNear = (typed, key) => {
  let place = 0;
  while (place < typed.length && typed[place] === key[place]) place += 1;
  const [rest, left] = [typed.slice(place), key.slice(place)];
  return left.startsWith(rest.slice(1)) || left.slice(1).startsWith(rest) || left.slice(1).startsWith(rest.slice(1))
    || left.startsWith((rest[1] ?? "") + rest[0] + rest.slice(2));
};

const listsWhere = async (low, high, wanted) => {
  const [from, to] = [Math.max(last(head.keys, low, first), 0), last(head.keys, high, first)];
  const found = await Promise.all(head.keys.slice(from, to + 1).map((_, place) => keysFrom(from + place)));
  return found.flatMap((part) => Object.entries(part).filter(([key]) => wanted(key)));
};

/** The units that hold a word, each with how well it does. */
const findWord = async (wish) => {
  const [typed] = keysOf(wish);
  const starts = (key) => key === typed || (typed.length > 1 && key.startsWith(typed));
  let lists = await listsWhere(typed, `${typed}\uffff`, starts);
  let quality = (key) => (key === typed ? 1 : 0.7);
  if (!lists.length && typed.length > 3 && /^[a-z]+$/.test(typed)) {
    const beginning = typed.slice(0, 2);
    lists = await listsWhere(beginning, `${beginning}\uffff`, (key) => key.startsWith(beginning) && isNear(typed, key));
    quality = () => 0.4;
  }
  wish.keys = new Set(lists.map(first));
  const units = new Map();
  for (const [key, row] of lists) {
    for (const unit of summed(numbers(row))) units.set(unit, Math.max(units.get(unit) ?? 0, quality(key)));
  }
  return units;
};

/** The units that hold every pair of a run; that they stand in a row is seen in the text. */
const findRun = async (wish) => {
  const keys = [...new Set(keysOf(wish))];
  const found = await Promise.all(keys.map(async (key) => {
    const place = last(head.keys, key, first);
    const part = place < 0 ? {} : await keysFrom(place);
    return Object.hasOwn(part, key) ? summed(numbers(part[key])) : [];
  }));
  const [shortest, ...others] = found.sort((one, other) => one.length - other.length);
  const sets = others.map((list) => new Set(list));
  return new Map(shortest.filter((unit) => sets.every((set) => set.has(unit))).map((unit) => [unit, 1]));
};

// Title, other names, heading, text.
const WEIGHTS = [10, 6, 4, 1];
const fieldOf = (place) => (place < 2 ? place : 2 + (place % 2));

/** For each entry that holds a wish: how much that says of it, and in which of its units. */
const scored = (wish, units) => {
  const entries = new Map();
  for (const [unit, quality] of units) {
    const entry = last(head.starts, unit);
    const place = unit - head.starts[entry];
    const field = fieldOf(place);
    const share = field === 0 ? 1 + Math.min(1, wish.letters.length / head.titles[entry]) : 1;
    const known = entries.get(entry) ?? { score: 0, times: 0, places: [] };
    known.score = Math.max(known.score, WEIGHTS[field] * share * quality);
    known.times += 1;
    known.places.push(place);
    entries.set(entry, known);
  }
  const rare = Math.log(1 + head.count / (1 + entries.size));
  for (const known of entries.values()) known.score = rare * (known.score + Math.min(1, known.times / 5));
  return entries;
};

const find = async (query) => {
  const { wishes, quoted } = wishesOf(query);
  const of = await Promise.all(wishes.map(async (wish) => scored(wish, await (wish.isWord ? findWord : findRun)(wish))));
  const [one, ...others] = of;
  const hits = [...one?.keys() ?? []].filter((entry) => others.every((known) => known.has(entry))).map((entry) => ({
    entry,
    foreign: languageOf(entry) !== head.own,
    score: of.reduce((sum, known) => sum + known.get(entry).score, 0),
    places: of.map((known) => known.get(entry).places),
  }));
  hits.sort((a, b) => a.foreign - b.foreign || b.score - a.score || a.entry - b.entry);
  // Two letters are one key; only longer runs and phrases can be in a unit without standing in a row.
  const exact = !quoted.length && wishes.every(({ isWord, letters }) => isWord || letters.length < 3);
  return { wishes, quoted, hits, exact };
};

const unitsOf = ([, , title, , names, passages]) => [title, names.join("\n"), ...passages.flatMap(([, heading, text]) => [heading, text])];

/** Whether what was asked for really stands in the entry. */
const holds = (found, hit, shown) => {
  const texts = unitsOf(shown);
  const folded = (place) => lettersOf(texts[place]).join("");
  return found.wishes.every(({ isWord, letters, text }, number) =>
    isWord || letters.length < 3 || hit.places[number].some((place) => folded(place).includes(text)))
    && found.quoted.every((phrase) => texts.some((_, place) => folded(place).includes(phrase)));
};

/** The hits that hold, from the first on, until there are enough. */
const confirmed = async (found, most) => {
  while (found.next < found.hits.length && found.sure.length < most) {
    const batch = found.hits.slice(found.next, found.next + SHOWN);
    found.next += batch.length;
    const shown = await Promise.all(batch.map(({ entry }) => shownOf(entry)));
    batch.forEach((hit, place) => {
      if (found.exact || holds(found, hit, shown[place])) found.sure.push({ ...hit, shown: shown[place] });
    });
  }
};

const CERTAIN = 60;
const search = async (query) => {
  let found = await find(query);
  const settle = async () => {
    Object.assign(found, { sure: [], next: 0 });
    await confirmed(found, found.exact || found.hits.length > CERTAIN ? SHOWN : Infinity);
  };
  await settle();
  // 病院の見学 stands nowhere as it is: 病院 and 見学 may.
  const looser = query.replace(/([\p{Script=Han}\p{Script=Katakana}ー])[のとはがをにでへもや](?=[\p{Script=Han}\p{Script=Katakana}])/gu, "$1 ");
  if (!found.sure.length && looser !== query) {
    found = await find(looser);
    await settle();
    found.looser = true;
  }
  return found;
};

// ---------------------------------------------------------------- results

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
};

/** Where in a text the wishes stand: from and to. */
const places = (text, wishes) => {
  const items = fold(text);
  const letters = items.map(({ letter }) => letter);
  const found = [];
  const add = (start, end) => found.push([items[start].from, items[end - 1].to]);
  const pieces = cut(letters);
  for (const wish of wishes) {
    for (const piece of pieces.filter(({ isWord }) => isWord === wish.isWord)) {
      if (piece.isWord) {
        if (wish.keys.has(stem(piece.letters.join("")))) add(piece.start, piece.end);
      } else {
        for (let start = 0; start + wish.letters.length <= piece.letters.length; start += 1) {
          const same = wish.letters.every((letter, place) => piece.letters[start + place] === letter);
          if (same && (wish.letters.length > 1 || isLone(piece.sorts, start))) add(piece.start + start, piece.start + start + wish.letters.length);
        }
      }
    }
  }
  return found.sort((a, b) => a[0] - b[0]);
};

const marked = (text, wishes, from = 0, to = text.length) => {
  const nodes = [];
  let done = from;
  for (const [start, end] of places(text, wishes)) {
    if (start < done || end > to) continue;
    nodes.push(text.slice(done, start), element("mark", {}, text.slice(start, end)));
    done = end;
  }
  return [...nodes, text.slice(done, to)];
};

/** A stretch of text around the first place, not cut within a word. */
const excerpt = (text, wishes) => {
  const [[start] = [0]] = places(text, wishes);
  const wide = /[\u3000-\u9fff]/.test(text.slice(start, start + 20)) ? 1 : 2;
  let from = start < 40 * wide ? 0 : start - 25 * wide;
  let to = Math.min(text.length, from + 90 * wide);
  const sentence = text.lastIndexOf("。", start) + 1;
  if (sentence > from) from = sentence;
  else if (from) from += Math.max(0, text.slice(from, start).search(/[\s、]/) + 1);
  if (/[\ud800-\udbff]$/.test(text.slice(0, to))) to += 1;
  if (wide > 1 && to < text.length) to = Math.max(start + 1, text.lastIndexOf(" ", to));
  return [from ? "…" : "", ...marked(text, wishes, from, to), to < text.length ? "…" : ""];
};

/** The passage that tells most: with most of the wishes in it, text before a heading alone. */
const passageOf = ({ places: of, shown: [, , , , , passages] }) => {
  const told = passages.map((_, number) => of.filter((list) => list.includes(3 + 2 * number) || list.includes(2 + 2 * number)).length);
  const best = Math.max(0, ...told);
  return passages[best ? told.indexOf(best) : 0];
};

const line = (hit, found) => {
  const [kind, href, title, section, names] = hit.shown;
  const language = head.languages[languageOf(hit.entry)];
  const passage = passageOf(hit);
  const tongue = hit.foreign ? { lang: language.html } : {};
  const about = element("p", { class: "pg" }, word(`kind-${kind}`));
  if (section && section !== word(`kind-${kind}`)) about.append(element("span", tongue, section));
  if (hit.foreign) about.append(" ", element("span", { class: "tag", lang: language.html }, language.name));
  const link = element("a", { href: root + href, ...tongue, ...hit.foreign && { hreflang: language.html } }, ...marked(title, found.wishes));
  const item = element("li", {}, about, element("p", { class: "hd" }, link));
  const known = names.filter((name) => places(name, found.wishes).length).slice(0, 3);
  if (known.length) item.append(element("p", { class: "sm", ...tongue }, ...known.flatMap((name, place) => [place ? " · " : "", ...marked(name, found.wishes)])));
  if (passage?.[2]) item.append(element("p", { class: "sm", ...tongue }, ...excerpt(passage[2], found.wishes)));
  if (passage?.[0] && passage[1]) {
    item.append(element("p", { class: "sm" }, element("a", { href: `${root}${href.split("#")[0]}#${passage[0]}`, ...tongue }, ...marked(passage[1], found.wishes))));
  }
  return item;
};

/** A form, a line that says how many there are, and the results: on the page for searching or in a dialog. */
const board = (action) => {
  const input = element("input", { type: "search", name: "q", id: "find-q", autocomplete: "off", enterkeyhint: "search" });
  const form = element("form", { role: "search", action, class: "no-p" },
    element("label", { for: "find-q" }, word("label")), input);
  const status = element("p", { role: "status", class: "sm" });
  const results = element("div", {});
  const made = { form, input, status, results };
  const list = (hits, found, heading) => {
    if (!hits.length) return;
    if (heading) results.append(element("h2", { class: "hd" }, heading));
    results.append(element("ol", { class: "found" }, ...hits.map((hit) => line(hit, found))));
  };
  const show = (found) => {
    const focused = results.contains(document.activeElement) && document.activeElement.href;
    results.replaceChildren();
    const [own, foreign] = [false, true].map((wanted) => found.sure.filter((hit) => hit.foreign === wanted));
    list(own, found);
    list(foreign, found, own.length ? word("other-languages") : "");
    if (found.next < found.hits.length) {
      const more = element("button", { type: "button", class: "tag" }, word("more"));
      more.addEventListener("click", async () => {
        const before = found.sure.length;
        await confirmed(found, before + SHOWN);
        show(found);
        results.querySelectorAll(".found .hd a")[before]?.focus();
      });
      results.append(element("p", {}, more));
    }
    const counted = found.exact || found.next >= found.hits.length;
    const count = found.next < found.hits.length ? found.hits.length : found.sure.length;
    const said = count ? word(counted ? "count" : "count-about", { count }) : word("none", { query: input.value.trim() });
    status.textContent = found.looser && count ? `${word("looser")} ${said}` : said;
    if (!count) results.append(element("p", {}, word("none-help"), " ", element("a", { href: action }, word("browse"))));
    if (focused) ([...results.querySelectorAll("a")].find(({ href }) => href === focused) ?? input).focus();
  };
  let turn = 0;
  made.run = async () => {
    const [query, mine] = [input.value.trim(), turn += 1];
    made.changed?.(query);
    if (!query) {
      status.textContent = "";
      return results.replaceChildren();
    }
    try {
      const found = await search(query).catch(async () => {
        // The site was built anew while this page was open: its parts have other names now.
        delete coming.index;
        await ready(`?${Date.now()}`);
        return search(query);
      });
      if (mine === turn) show(found);
    } catch {
      if (mine === turn) status.textContent = word("failed");
    }
  };
  let timer;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(made.run, 120); });
  made.keys = (event) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...results.querySelectorAll(".found .hd a")];
    const at = stops.indexOf(document.activeElement);
    if (way && at >= 0 && stops[at + way]) {
      event.preventDefault();
      stops[at + way].focus();
    }
    if (event.key === "Escape" && at > 0) {
      event.preventDefault();
      input.focus();
    }
  };
  return made;
};

let opened;
const dialog = (action) => {
  const made = board(action);
  const close = element("button", { type: "button", class: "tag" }, word("close"));
  made.form.append(close);
  const box = element("dialog", { class: "find-d", "aria-label": word("label") }, made.form, made.status, made.results);
  close.addEventListener("click", () => box.close());
  // Outside, or to a place on this very page.
  box.addEventListener("click", ({ target }) => { if (target === box || target.closest("a")) box.close(); });
  box.addEventListener("keydown", made.keys);
  document.body.append(box);
  return { ...made, box };
};

const onPage = (place) => {
  const made = board(location.href.split(/[?#]/)[0]);
  const browse = document.querySelector("#search-browse");
  made.changed = (query) => {
    browse.hidden = Boolean(query);
    const address = new URL(location);
    if (query) address.searchParams.set("q", query); else address.searchParams.delete("q");
    history.replaceState(null, "", address);
  };
  made.form.addEventListener("submit", (event) => { event.preventDefault(); made.run(); });
  place.addEventListener("keydown", made.keys);
  place.append(made.form, made.status, made.results);
  made.input.value = new URL(location).searchParams.get("q") ?? "";
  if (made.input.value) made.run();
  return made;
};

const started = ready().then(() => {
  const place = document.querySelector("#search");
  if (place) return onPage(place);
  const sheet = element("link", { rel: "stylesheet", href: css });
  const styled = new Promise((done) => { sheet.onload = sheet.onerror = done; });
  document.head.append(sheet);
  return styled;
});

globalThis.kairanSearch = Object.assign((name, part) => { parts[name] = part; }, {
  /** Opens the dialog, or on the page for searching goes to its form. */
  open: async (link) => {
    const page = await started;
    if (page?.input) return page.input.focus();
    opened ??= dialog(link.href);
    opened.box.showModal();
    opened.input.select();
  },
  // For tests.
  started,
  search,
  cut: (text) => ({ folded: lettersOf(text).join(""), keys: [...new Set(cut(lettersOf(text)).flatMap(keysOf))] }),
});
})();
