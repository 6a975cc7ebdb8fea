import { BASE, day, LANGS } from "../_includes/site.js";

export const data = { permalink: "/sitemap.xml", eleventyExcludeFromCollections: true };

export function render({ collections: c, hospitals }) {
  const urls = ["/", "/en/", "/tags/", "/en/tags/"];
  for (const p of [...c.sectionPages, ...c.tagPages]) {
    if (p.index === 1) {
      urls.push(p.url);
    }
  }
  for (const key of Object.keys(hospitals)) {
    urls.push(`/hospitals/${key}/`, `/en/hospitals/${key}/`);
  }
  const articles = LANGS.flatMap((l) => c.articlesByLang[l]);
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.map((u) => `<url><loc>${BASE}${u}</loc></url>`).join("\n")}
${articles.map((p) => `<url><loc>${BASE}${p.url}</loc><lastmod>${day(p.date)}</lastmod></url>`).join("\n")}
</urlset>
`;
}
