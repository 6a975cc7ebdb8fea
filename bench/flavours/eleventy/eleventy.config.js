// The fastest reasonable setup: JavaScript templates (plain template literals, no template parser),
// Markdown straight through markdown-it (no Liquid pass over the bodies), YAML data frozen so that
// Eleventy's data cascade passes it on without copying it for each page.
import yaml from "js-yaml";
import markdownIt from "markdown-it";
import anchor from "markdown-it-anchor";
import footnote from "markdown-it-footnote";
import { PAGER, LANGS, byDate, chunk } from "./src/_includes/site.js";

export default function (config) {
  config.setQuietMode(true);
  config.addDataExtension("yaml", (text) => Object.freeze(yaml.load(text)));
  config.addPassthroughCopy({ static: "/" });
  config.setLibrary("md", markdownIt({ html: true })
    .use(anchor, { slugify: (s) => s.trim().toLowerCase().replace(/\s+/g, "-") })
    .use(footnote));

  let cache = null; // the sorted articles are needed by three collections: make them once for each build
  config.on("eleventy.before", () => { cache = null; });
  const articles = (api) => {
    if (cache) {
      return cache;
    }
    const out = {};
    for (const lang of LANGS) {
      out[lang] = [];
    }
    for (const item of api.getAll()) {
      if (item.data.key) {
        out[item.data.lang].push(item);
      }
    }
    for (const lang of LANGS) {
      out[lang].sort(byDate);
      const last = {}; // the newer neighbour in each section
      for (const item of out[lang]) {
        const newer = last[item.data.section] ?? null;
        item.data.newer = newer;
        item.data.older = null;
        if (newer) {
          newer.data.older = item;
        }
        last[item.data.section] = item;
      }
    }
    cache = out;
    return out;
  };
  config.addCollection("articlesByLang", articles);

  // One entry for each page of each section list and each tag list.
  const paged = (groups, base) => {
    const out = [];
    for (const lang of LANGS) {
      for (const [name, items] of Object.entries(groups[lang]).sort()) {
        const root = `${lang === "ja" ? "" : "/en"}${base(name)}`;
        const pages = chunk(items, PAGER);
        pages.forEach((part, i) => out.push({
          lang, name, items: part, index: i + 1, total: pages.length, root,
          url: i === 0 ? root : `${root}page/${i + 1}/`,
          other: `${lang === "ja" ? "/en" : ""}${base(name)}`,
        }));
      }
    }
    return out;
  };
  const grouped = (api, keys) => {
    const all = articles(api);
    const out = {};
    for (const lang of LANGS) {
      out[lang] = {};
      for (const item of all[lang]) {
        for (const k of keys(item.data)) {
          (out[lang][k] ??= []).push(item);
        }
      }
    }
    return out;
  };
  config.addCollection("sectionPages", (api) => paged(grouped(api, (d) => [d.section]), (n) => `/${n}/`));
  config.addCollection("tagPages", (api) => paged(grouped(api, (d) => d.tags), (n) => `/tags/${n}/`));

  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false, htmlTemplateEngine: false };
}
