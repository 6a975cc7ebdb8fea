// Every page of the site, read once, and those that differ in more than words opened: what must hold everywhere.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { inParallel, launch, observe, report, sidewaysScroll } from "./browser.js";
import { serve } from "./server.js";
import { BASE, FILES, OPENED, PAGES, READABLE, fileAt, isAlone, isLost, isRedirect, layout, read, size } from "./site.js";

const WIDTHS = [320, 768, 1280];
const LARGEST_PAGE = 60_000;
const LARGEST_BUNDLE = 30_000;
// Themes that the site shows.
const THEMES = ["zine", "portal"];
// Templates of what is long by nature: reports, plans and their comparison, pages of the manual, print editions.
const LONG = new Set(["report", "programme", "compare", "page", "print", "fold"]);

let browser;
let server;
/** By file: what its document says. Every page. */
const seen = new Map();
/** By file: how it went when a browser opened it. */
const opened = new Map();

before(async () => {
  browser = await launch();
  // Where the site says it is published: 404.html has no other way to find its styles.
  server = await serve(new URL(BASE).pathname);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });
  await Promise.all([readAll(await context.newPage()), inParallel(OPENED, (file) => openOne(context, file))]);
  await context.close();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Reads every document, without showing it: a page of plain text, which has no policy of its own, does that. */
async function readAll(page) {
  await page.goto(`${server.origin}${server.mount}robots.txt`);
  await page.addScriptTag({ content: `globalThis.gather = ${gather}` });
  for (const file of READABLE) {
    const facts = await page.evaluate(async (url) => {
      const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
      const base = page.createElement("base");
      base.href = url;
      page.head.prepend(base);
      return globalThis.gather(page);
    }, server.url(file));
    seen.set(file, { ...facts, ...weights(file, facts.resources) });
  }
  await page.close();
}

/** What a page weighs with its style sheets and scripts, as they are and as they are sent, by type. */
function weights(file, resources) {
  const type = (name) => name.match(/\.(html|css|js)$/)?.[1] ?? "other";
  const own = resources.map((url) => fileAt(url, server.origin + server.mount)).filter((name) => name && type(name) !== "other");
  const [sizes, sent] = [{}, {}];
  for (const name of new Set([file, ...own])) {
    sizes[type(name)] = (sizes[type(name)] ?? 0) + size(name);
    sent[type(name)] = (sent[type(name)] ?? 0) + packed(name);
  }
  return { sizes, sent };
}

const PACKED = new Map();

/** The bytes of a file as a server sends it that compresses texts. */
function packed(file) {
  PACKED.set(file, PACKED.get(file) ?? gzipSync(read(file)).length);
  return PACKED.get(file);
}

async function openOne(context, file) {
  const page = await context.newPage();
  const observed = observe(page, server.origin);
  await page.goto(server.url(file), { waitUntil: "load" });
  const [scroll, blurred] = [[], []];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const extra = await sidewaysScroll(page);
    if (extra) {
      scroll.push(`${file} at ${width}: ${extra}`);
    }
    blurred.push(...(await page.evaluate(widerThanSaid)).map((picture) => `${file} at ${width}: ${picture}`));
  }
  opened.set(file, { scroll, blurred, problems: observed.problems });
  await page.close();
}

/** Runs in a browser: the photographs that are shown wider than `sizes` says, for which too small a file may be loaded. */
function widerThanSaid() {
  const letter = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const pixels = (length) => parseFloat(length) * (length.endsWith("vw") ? innerWidth / 100 : letter);
  const said = (sizes) => {
    const parts = sizes.split(",").map((part) => part.trim().match(/^(\(.*\))?\s*(\S+)$/));
    return pixels(parts.find(([, query]) => !query || matchMedia(query).matches)[2]);
  };
  const shown = (image) => image.getBoundingClientRect().width;
  const images = [...document.querySelectorAll("img[sizes]")].filter((image) => shown(image) > 1.1 * said(image.sizes));
  return images.map((image) => `${image.getAttribute("src")} ${shown(image)} wide, not ${image.sizes}`);
}

/** Runs in a browser: what a document says. */
function gather(document) {
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    lang: document.documentElement.lang,
    title: document.title,
    description: document.querySelector('meta[name="description"]')?.content ?? "",
    policy: document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? "",
    canonical: document.querySelector('link[rel="canonical"]')?.getAttribute("href") ?? null,
    robots: document.querySelector('meta[name="robots"]')?.content ?? "",
    alternates: all('link[rel="alternate"][hreflang]').map((link) => [link.hreflang, link.getAttribute("href")]),
    feeds: all('link[rel="alternate"][type="application/atom+xml"]').map((link) => link.href),
    switcher: all("a[hreflang]").map((link) => [link.hreflang, link.href]),
    links: all("a[href], area[href]").map((link) => [link.getAttribute("href"), link.href]),
    resources: all("[src], link[href], [srcset]").flatMap((element) => [
      element.src,
      element.tagName === "LINK" && !["alternate", "canonical"].includes(element.rel) ? element.href : null,
      ...(element.srcset ?? "").split(",").map((part) => part.trim().split(/\s+/)[0]).filter(Boolean)
        .map((part) => new URL(part, document.baseURI).href),
    ]).filter((url) => typeof url === "string" && url !== "" && !url.startsWith("data:")),
    ids: all("[id]").map((element) => element.id),
    panels: all(".panel").length > 0,
    math: all("math").length > 0,
    h1: all("h1").length,
    inlineStyles: all("[style], style").length,
    inlineScripts: all("script:not([src])").filter((script) => script.type !== "application/ld+json").length,
    handlers: all("*").filter((element) => element.getAttributeNames().some((name) => name.startsWith("on"))).length,
    card: document.querySelector('meta[property="og:image"]')?.content ?? null,
    images: all("img").map((img) => ({
      src: img.getAttribute("src"), alt: img.getAttribute("alt"), width: img.getAttribute("width"), height: img.getAttribute("height"),
    })),
    data: all('script[type="application/ld+json"]').map((script) => script.textContent),
  };
}

/** Asserts that `finder`, called for every page, finds nothing. */
function nothing(finder) {
  const findings = [];
  for (const [file, page] of [...seen].sort(([a], [b]) => (a < b ? -1 : 1))) {
    findings.push(...[finder(file, page)].flat().filter(Boolean).map((finding) => `${file}: ${finding}`));
  }
  assert.equal(report(findings), "");
}

test("the site has pages in two languages", () => {
  const languages = new Set([...seen.values()].map((page) => page.lang));
  assert.ok(seen.size > 10, `only ${seen.size} pages`);
  assert.ok(languages.has("ja") && languages.has("en"), [...languages].join(", "));
});

test("no request to another host, none that fails, nothing on the console", () => {
  const findings = [...opened].flatMap(([file, page]) => page.problems.map((problem) => `${file}: ${problem}`));
  assert.ok(opened.size > 100, `only ${opened.size} pages`);
  assert.equal(report(findings.sort()), "");
});

test("no page scrolls sideways at 320, 768 and 1280 pixels", () => {
  const findings = [...opened.values()].flatMap((page) => page.scroll).sort();
  assert.equal(report(findings), "");
});

test("a page without its pictures is smaller than 60 KB; long texts are when they are sent", () => {
  const weight = (sizes) => Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0);
  const of = (file, page) => weight(LONG.has(layout(file).template) ? page.sent : page.sizes);
  const [file, page] = [...seen].reduce((a, b) => (of(...a) >= of(...b) ? a : b));
  console.log(`heaviest page without pictures: ${file}, ${of(file, page)} bytes (${JSON.stringify(page.sizes)})`);
  nothing((file, page) => of(file, page) > LARGEST_PAGE && `${of(file, page)} bytes ${JSON.stringify(page.sizes)}`);
});

test("the style sheet of a theme is smaller than 30 KB, and those of panels are on pages with panels alone", () => {
  const bundles = FILES.filter((file) => THEMES.some((theme) => file.startsWith(`assets/${theme}.`) && file.endsWith(".css")));
  assert.equal(bundles.length, THEMES.length, bundles.join(", "));
  const large = bundles.filter((file) => size(file) >= LARGEST_BUNDLE).map((file) => `${file}: ${size(file)} bytes`);
  assert.equal(report(large), "");
  nothing((_, page) => {
    const linked = page.resources.some((url) => /\/assets\/panels[^/]*\.css$/.test(url));
    return linked !== page.panels && (linked ? "loads styles of panels" : "lacks the styles of its panels");
  });
  nothing((_, page) => page.math && !page.resources.some((url) => /\/assets\/math\.[^/]*\.css$/.test(url)) && "lacks the styles of its formulas");
  assert.ok([...seen.values()].some((page) => page.math), "no formulas to look at");
});

test("every page has a language, one main heading, a title of its own and a description", () => {
  const isBound = (file) => layout(file).template === "print";
  nothing((file, page) => [
    !/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(page.lang) && `lang="${page.lang}"`,
    // A print edition is bound of many pages, each with its own.
    (isBound(file) ? page.h1 < 1 : page.h1 !== 1) && `${page.h1} h1`,
    page.title.trim() === "" && "no title",
    page.description.trim() === "" && "no description",
  ]);
  const titles = new Map();
  // A panel may be called the same on two pages, and so on the pages of it alone, which search leaves out.
  for (const [file, page] of [...seen].filter(([file, page]) => isLost(file) || !page.robots.includes("noindex"))) {
    // The pages of a pagination may share a title only if they say which page they are; so may nothing else.
    const key = `${page.lang} ${page.title}`;
    titles.set(key, [...(titles.get(key) ?? []), file]);
  }
  const twins = [...titles].filter(([, files]) => files.length > 1).map(([title, files]) => `${title}: ${files.join(", ")}`);
  assert.equal(report(twins), "");
});

test("a strict Content-Security-Policy in every page, and nothing inline that it would block", () => {
  nothing((_, page) => [
    !page.policy.includes("default-src 'none'") && `policy: ${page.policy}`,
    /unsafe|https?:|\*/.test(page.policy) && `policy allows too much: ${page.policy}`,
    page.inlineStyles > 0 && `${page.inlineStyles} inline styles`,
    page.inlineScripts > 0 && `${page.inlineScripts} inline scripts`,
    page.handlers > 0 && `${page.handlers} inline event handlers`,
  ]);
});

test("ids are unique on a page", () => {
  nothing((_, page) => page.ids.filter((id, index) => page.ids.indexOf(id) !== index).map((id) => `id ${id} twice`));
});

test("pictures have a text, a width and a height", () => {
  nothing((_, page) => page.images.map((image) => [
    image.alt === null && `no alt: ${image.src}`,
    !(Number(image.width) > 0 && Number(image.height) > 0) && `no size: ${image.src}`,
  ]).flat());
});

test("photographs are as wide as the page says, so that they are sharp", () => {
  assert.equal(report([...opened.values()].flatMap((page) => page.blurred)), "");
});

test("the card that a page names for shared links is there", () => {
  nothing((_, page) => page.card && !fileAt(page.card, BASE) && `no ${page.card}`);
  assert.ok([...seen.values()].filter((page) => page.card).length > 100, "pages name cards");
});

test("every internal link and fragment resolves where the site is published", () => {
  nothing((file, page) => page.links.flatMap(([written, href]) => dead(written, href, server.origin + server.mount, page)));
  nothing((file, page) => page.resources.filter((url) => !fileAt(url, server.origin + server.mount)).map((url) => `missing: ${url}`));
});

test("every internal link and fragment resolves under another sub-path", () => {
  const mount = "https://elsewhere.example/some/where/";
  // 404.html is served at any depth, so it alone must know where the site is published.
  const rest = [...seen].filter(([file]) => !isLost(file));
  const findings = rest.flatMap(([file, page]) => page.links
    .flatMap(([written]) => dead(written, new URL(written, mount + file).href, mount, page))
    .map((finding) => `${file}: ${finding}`));
  assert.equal(report(findings), "");
});

test("every internal link and fragment resolves from file://", () => {
  const mount = "file:///a/folder/";
  const findings = [...seen].filter(([file]) => !isLost(file)).flatMap(([file, page]) => page.links
    .flatMap(([written]) => {
      const href = new URL(written, mount + file).href;
      // A folder is no page where there is no server.
      const folder = href.startsWith(mount) && href.split("#")[0].endsWith("/");
      return folder ? [`a folder: ${written}`] : dead(written, href, mount, page);
    })
    .map((finding) => `${file}: ${finding}`));
  assert.equal(report(findings), "");
});

/** Why a link is dead, or nothing. Links to other hosts are the author's business. */
function dead(written, href, mount, page) {
  const origin = new URL(mount).origin;
  if (/^(mailto|tel):/.test(href) || (/^https?:/.test(href) && new URL(href).origin !== origin)) {
    return [];
  }
  const target = fileAt(href, mount);
  if (!target) {
    return [`dead link: ${written}`];
  }
  const fragment = decodeURIComponent(href.split("#")[1] ?? "");
  if (fragment === "" || !target.endsWith(".html")) {
    return [];
  }
  const ids = seen.get(target)?.ids ?? [];
  return ids.includes(fragment) ? [] : [`no such place: ${written}`];
}

test("aliases lead to a page that exists", () => {
  const findings = PAGES.filter(isRedirect).flatMap((file) => {
    const target = read(file).match(/content="?\s*\d+;\s*url=([^">]+)/i)?.[1].replaceAll("&amp;", "&");
    const url = new URL(target ?? "missing", BASE + file).href;
    return fileAt(url, BASE) ? [] : [`${file}: leads to ${target}`];
  });
  assert.equal(report(findings), "");
});

test("canonical addresses are absolute and the page's own; a panel alone names the page that it is from", () => {
  nothing((file, page) => {
    if (isLost(file)) {
      return [];
    }
    const target = page.canonical && /^https?:/.test(page.canonical) ? fileAt(page.canonical, BASE) : null;
    const fine = isAlone(file) ? target && target !== file : target === file;
    return fine ? [] : `canonical: ${page.canonical}`;
  });
});

test("hreflang goes both ways, names the page itself, and has a default", () => {
  nothing((file, page) => {
    const others = page.alternates.filter(([language]) => language !== "x-default");
    if (others.length < 2) {
      return [];
    }
    const findings = [
      !page.alternates.some(([language]) => language === "x-default") && "no x-default",
      !others.some(([language, href]) => language === page.lang && href === page.canonical) && "does not name itself",
    ];
    for (const [language, href] of others) {
      const target = seen.get(fileAt(href, BASE) ?? "");
      if (!target) {
        findings.push(`hreflang ${language} leads nowhere: ${href}`);
      } else if (!target.alternates.some(([, back]) => back === page.canonical)) {
        findings.push(`hreflang ${language} does not lead back: ${href}`);
      } else if (target.lang !== language) {
        findings.push(`hreflang ${language} leads to a page in ${target.lang}`);
      }
    }
    return findings;
  });
});

test("the language switcher leads to pages in that language", () => {
  nothing((file, page) => page.switcher.flatMap(([language, href]) => {
    const target = seen.get(fileAt(href, server.origin + server.mount) ?? "");
    return target && target.lang !== language ? `switcher ${language} leads to a page in ${target.lang}: ${href}` : [];
  }));
  const translated = [...seen].filter(([, page]) => page.alternates.length >= 2);
  const stuck = translated.filter(([, page]) => page.switcher.length === 0).map(([file]) => file);
  assert.equal(report(stuck.map((file) => `${file}: no link to the other language`)), "");
});

test("structured data is JSON and names absolute addresses", () => {
  nothing((_, page) => page.data.flatMap((text) => {
    try {
      const data = JSON.parse(text);
      const broken = JSON.stringify(data).match(/"(?:url|item|image)":"(?!https?:\/\/)[^"]*"/);
      return broken ? `not absolute: ${broken[0]}` : [];
    } catch (error) {
      return `not JSON: ${error.message}`;
    }
  }));
});

test("the sitemap is well-formed, complete and true", async () => {
  const urls = await elements("sitemap.xml", "url");
  const listed = new Set();
  const findings = [];
  for (const { loc, links } of urls) {
    const file = fileAt(loc, BASE);
    listed.add(file);
    if (!file) {
      findings.push(`no such page: ${loc}`);
      continue;
    }
    const page = seen.get(file);
    if (page?.canonical !== loc) {
      findings.push(`${loc} is not the canonical address of ${file}: ${page?.canonical}`);
    }
    findings.push(...links.filter((href) => !fileAt(href, BASE)).map((href) => `alternate does not exist: ${href}`));
  }
  for (const [file, page] of seen) {
    if (!isLost(file) && !page.robots.includes("noindex") && !listed.has(file)) {
      findings.push(`${file} is missing`);
    }
  }
  assert.equal(report(findings), "");
});

test("there is a feed for each language; they are well-formed and their addresses exist", async () => {
  const feeds = FILES.filter((file) => file.endsWith("feed.xml"));
  // Japanese has two editions.
  const editions = new Set([...seen.keys()].map((file) => file.match(/^(en|ja-easy)\//)?.[1] ?? "ja"));
  assert.equal(feeds.length, editions.size, feeds.join(", "));
  for (const feed of feeds) {
    const entries = await elements(feed, "entry");
    assert.ok(entries.length > 0, `${feed} is empty`);
    const findings = entries.flatMap((entry) => entry.links.filter((href) => href.startsWith(BASE) && !fileAt(href, BASE)));
    assert.equal(report(findings.map((href) => `${feed}: ${href}`)), "");
    assert.ok(entries.every((entry) => entry.id && entry.updated && entry.title), `${feed}: id, updated or title missing`);
    assert.equal(new Set(entries.map((entry) => entry.id)).size, entries.length, `${feed}: an id twice`);
  }
  nothing((file, page) => page.feeds.filter((url) => !fileAt(url, server.origin + server.mount)));
});

/** The elements `name` of an XML file, read by the browser's parser. */
async function elements(file, name) {
  const page = await browser.newPage();
  const result = await page.evaluate(([text, name]) => {
    const xml = new DOMParser().parseFromString(text, "application/xml");
    const error = xml.querySelector("parsererror");
    if (error) {
      return { error: error.textContent };
    }
    const text1 = (element, tag) => element.getElementsByTagName(tag)[0]?.textContent ?? null;
    return {
      elements: [...xml.getElementsByTagName(name)].map((element) => ({
        loc: text1(element, "loc"),
        id: text1(element, "id"),
        title: text1(element, "title"),
        updated: text1(element, "updated"),
        links: [...element.querySelectorAll("*")].filter((link) => link.localName === "link").map((link) => link.getAttribute("href")),
      })),
    };
  }, [read(file), name]);
  await page.close();
  assert.equal(result.error, undefined, `${file} is not well-formed`);
  return result.elements;
}

test("robots.txt names the sitemap; GitHub Pages is told to keep its hands off", () => {
  assert.match(read("robots.txt"), new RegExp(`^Sitemap: ${RegExp.escape?.(`${BASE}sitemap.xml`) ?? `${BASE}sitemap.xml`}$`, "m"));
  assert.ok(FILES.includes(".nojekyll"));
});

test("CSV files hold what machines can read", () => {
  const findings = FILES.filter((file) => file.endsWith(".csv")).flatMap((file) => {
    const text = read(file);
    const rows = text.replace(/^\uFEFF/, "").trimEnd().split(/\r?\n/);
    return [
      rows.length < 2 && `${file}: no rows`,
      /(^|,)"?[▲△−]\s*\d|"\d{1,3}(,\d{3})+(\.\d+)?"(,|\r?$)/m.test(text) && `${file}: figures written for people`,
      size(file) === 0 && `${file}: empty`,
    ].filter(Boolean);
  });
  assert.equal(report(findings), "");
});
