export const BASE = "https://bench.example";
export const PAGER = 20;
export const LANGS = ["ja", "en"];

const ESC = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const esc = (s) => String(s).replace(/[&<>"']/g, (c) => ESC[c]);
export const day = (d) => d.toISOString().slice(0, 10);
export const stamp = (d) => d.toISOString().slice(0, 19) + "Z";
export const byDate = (a, b) => b.date - a.date;

export function chunk(list, size) {
  const out = [];
  for (let i = 0; i < list.length; i += size) {
    out.push(list.slice(i, i + size));
  }
  return out;
}

export function base({ lang, title, description, url, other, t, sections, main }) {
  const root = lang === "ja" ? "" : "/en";
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${esc(title)} | ${t.site_title}</title>
<meta name="description" content="${esc(description ?? t.site_intro)}">
<link rel="canonical" href="${BASE}${url}">
<link rel="alternate" hreflang="${lang === "ja" ? "en" : "ja"}" href="${BASE}${other}">
<link rel="alternate" type="application/atom+xml" href="${root}/atom.xml" title="${t.site_title}">
<link rel="stylesheet" href="/css/site.css">
</head>
<body>
<header class="site"><a class="brand" href="${root}/">${t.site_title}</a>
<nav>
${sections.map((s) => `<a href="${root}/${s}/"${url.startsWith(`${root}/${s}/`) ? ' class="on"' : ""}>${t["section_" + s]}</a>`).join("\n")}
<a href="${root}/tags/">${t.tags}</a>
</nav>
<a class="lang" href="${other}">${t.switch}</a></header>
<main>
${main}
</main>
<footer><p>${t.site_title}</p><p>${t.footer}</p></footer>
</body>
</html>
`;
}

export function facts(h, id, area, lang, t) {
  return `<aside class="facts"><h2>${t.facts}</h2>
<dl><dt>${t.f_name}</dt><dd><a href="${lang === "ja" ? "" : "/en"}/hospitals/${id}/">${esc(h[lang])}</a></dd>
<dt>${t.f_area}</dt><dd>${esc(area[lang])}</dd>
<dt>${t.f_kind}</dt><dd>${t["kind_" + h.kind]}</dd>
<dt>${t.f_beds}</dt><dd>${h.beds}</dd>
<dt>${t.f_places}</dt><dd>${h.places}</dd></dl></aside>`;
}

export const items = (list) => `<ul class="list">
${list.map((p) => `<li><a href="${p.url}">${esc(p.data.title)}</a> <time datetime="${day(p.date)}">${day(p.date)}</time>
<p>${esc(p.data.description)}</p></li>`).join("\n")}
</ul>`;

export const pager = (p, t) => `<nav class="pager">
${p.index > 1 ? `<a rel="prev" href="${p.index === 2 ? p.root : `${p.root}page/${p.index - 1}/`}">${t.prev_page}</a>\n` : ""}<span>${p.index} / ${p.total}</span>
${p.index < p.total ? `<a rel="next" href="${p.root}page/${p.index + 1}/">${t.next_page}</a>\n` : ""}</nav>`;
