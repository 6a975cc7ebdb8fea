import { base, esc, facts, LANGS } from "../_includes/site.js";

export const data = {
  pagination: {
    data: "hospitals", size: 1, alias: "place", resolve: "keys",
    before: (keys) => keys.flatMap((key) => LANGS.map((lang) => ({ key, lang }))),
  },
  eleventyExcludeFromCollections: true,
  permalink: (d) => `${d.place.lang === "ja" ? "" : "/en"}/hospitals/${d.place.key}/`,
};

export function render(d) {
  const { key, lang } = d.place;
  const t = d.i18n[lang];
  const h = d.hospitals[key];
  const path = `/hospitals/${key}/`;
  return base({ lang, title: h[lang], t, sections: d.sections, url: lang === "ja" ? path : `/en${path}`,
    other: lang === "ja" ? `/en${path}` : path,
    main: `<article>\n<h1>${esc(h[lang])}</h1>\n${facts(h, key, d.areas[h.area], lang, t)}\n</article>` });
}
