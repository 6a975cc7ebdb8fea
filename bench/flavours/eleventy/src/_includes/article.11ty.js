import { base, day, esc, facts } from "./site.js";

const HEADING = /<h([23]) id="([^"]*)"[^>]*>(.*?)<\/h\1>/g;

function toc(content) {
  const out = [];
  for (const [, level, id, title] of content.matchAll(HEADING)) {
    if (level === "2") {
      out.push({ id, title, children: [] });
    } else {
      out.at(-1)?.children.push({ id, title });
    }
  }
  const entry = (h) => `<li><a href="#${h.id}">${h.title}</a>`;
  return out.map((h) => entry(h) + (h.children.length
    ? `\n<ul>\n${h.children.map((c) => entry(c) + "</li>").join("\n")}\n</ul>` : "") + "</li>").join("\n");
}

export function render(d) {
  const { lang } = d;
  const t = d.i18n[lang];
  const root = lang === "ja" ? "" : "/en";
  const h = d.hospitals[d.hospital];
  const area = d.areas[h.area];
  const ind = d.indicators[d.indicator];
  const values = ind.values[h.area];
  const sorted = values.toSorted((a, b) => a - b);
  const min = sorted[0];
  const range = sorted[7] - min;
  const y = (v) => (120 - ((v - min) / range) * 100).toFixed(1);
  const main = `<article>
<header><h1>${esc(d.title)}</h1>
<p class="meta"><time datetime="${day(d.page.date)}">${day(d.page.date)}</time> <a href="${root}/${d.section}/">${t["section_" + d.section]}</a></p>
<ul class="tags">
${d.tags.map((x) => `<li><a href="${root}/tags/${x}/">${t["tag_" + x]}</a></li>`).join("\n")}
</ul></header>
<aside class="toc"><h2>${t.toc}</h2>
<ul>
${toc(d.content)}
</ul></aside>
<div class="body">
${d.content}
</div>
${facts(h, d.hospital, area, lang, t)}
<section class="stat"><h2>${esc(ind.name[lang])} / ${esc(area[lang])}</h2>
<table><thead><tr><th>${t.year}</th><th>${esc(ind.unit[lang])}</th></tr></thead>
<tbody>
${ind.years.map((x, i) => `<tr><td>${x}</td><td>${values[i]}</td></tr>`).join("\n")}
</tbody></table>
<svg viewBox="0 0 320 140" role="img" aria-label="${esc(ind.name[lang])}">
<polyline points="${values.map((v, i) => `${20 + i * 40},${y(v)} `).join("")}"/>
${values.map((v, i) => `<circle cx="${20 + i * 40}" cy="${y(v)}" r="3"/>
<text x="${20 + i * 40}" y="136">${ind.years[i]}</text>`).join("\n")}
</svg></section>
<nav class="prevnext">
${d.older ? `<a rel="prev" href="${d.older.url}">${t.older}: ${esc(d.older.data.title)}</a>` : ""}
${d.newer ? `<a rel="next" href="${d.newer.url}">${t.newer}: ${esc(d.newer.data.title)}</a>` : ""}
</nav>
</article>
`;
  return base({ lang, title: d.title, description: d.description, url: d.page.url, t, sections: d.sections, main,
    other: lang === "ja" ? `/en${d.page.url}` : d.page.url.slice(3) });
}
