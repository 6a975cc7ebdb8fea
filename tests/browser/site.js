// The built site on disk: which pages it has, and how addresses and files of it belong together.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** The folder with the built site. `tests/all` builds it. */
export const ROOT = path.resolve(process.env.KAIRAN_SITE ?? path.join(HERE, "../../target/site"));

if (!existsSync(path.join(ROOT, "index.html"))) {
  throw new Error(`no site at ${ROOT}: run tests/all, or set KAIRAN_SITE to a built site`);
}

/** Every file of the site, relative to ROOT, with `/` between the parts, in order. */
export const FILES = walk("").sort();

/** Every HTML file of the site. */
export const PAGES = FILES.filter((file) => file.endsWith(".html"));

/** The address at which the site says it is published, with a slash at its end. */
export const BASE = baseUrl();

function walk(folder) {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder ? `${folder}/${entry.name}` : entry.name;
    return entry.isDirectory() ? walk(name) : [name];
  });
}

/** The text of one file of the site. */
export function read(file) {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** The bytes of one file of the site. */
export function size(file) {
  return statSync(path.join(ROOT, file)).size;
}

function baseUrl() {
  const canonical = attribute(read("index.html"), /<link\b[^>]*rel="?canonical"?[^>]*>/, "href");
  if (!canonical) {
    throw new Error("index.html has no canonical address");
  }
  return new URL(".", canonical).href;
}

/** One attribute of the first tag that `tag` matches. */
export function attribute(html, tag, name) {
  const found = html.match(tag)?.[0].match(new RegExp(`\\b${name}=(?:"([^"]*)"|([^\\s">]+))`));
  return found ? (found[1] ?? found[2]).replaceAll("&amp;", "&") : null;
}

/** The file of the site that a server mounted at `mount` answers with, or null. A folder answers with its index.html. */
export function fileAt(address, mount) {
  if (!address.startsWith(mount)) {
    return null;
  }
  const plain = address.split("#")[0].split("?")[0];
  if (plain.length < mount.length) {
    return null;
  }
  const name = decodeURIComponent(plain.slice(mount.length));
  const file = name === "" || name.endsWith("/") ? `${name}index.html` : name;
  return FILE_SET.has(file) ? file : null;
}

const FILE_SET = new Set(FILES);

/** Whether the page is only a signpost to another: an alias of an older address. */
export function isRedirect(file) {
  return /<meta\b[^>]*http-equiv="?refresh/i.test(read(file));
}

/** Whether the page is the one for addresses that do not exist: served at any depth, listed nowhere. */
export function isLost(file) {
  return file === "404.html" || file.endsWith("/404.html");
}

/** The pages that hold something to read. */
export const READABLE = PAGES.filter((file) => !isRedirect(file));

/** Whether the page is that of a panel alone. */
export const isAlone = (file) => /^([a-z-]+\/)?data\/(?!index\.)[^/]+\.html$/.test(file);

/** What distinguishes the layout of one page from another's: theme, template, language. */
export function layout(file) {
  const html = read(file);
  const root = /<html\b[^>]*>/;
  return {
    file,
    language: attribute(html, root, "lang"),
    theme: attribute(html, root, "data-theme") ?? "",
    template: attribute(html, root, "data-template") ?? shape(html),
  };
}

/** Where a theme does not name its templates: the classes of body and main tell them apart. */
function shape(html) {
  const body = attribute(html, /<body\b[^>]*>/, "class") ?? "";
  const main = attribute(html, /<main\b[^>]*>/, "class") ?? "";
  const inner = attribute(html.slice(html.search(/<main\b/)), /<(article|section|div)\b[^>]*>/, "class") ?? "";
  return `${body}/${main}/${inner}`;
}

/** The kinds of elements on a page: `li.tag` and the like. */
function elementsOf(html) {
  const tags = html.slice(html.search(/<body\b/)).matchAll(/<([a-z0-9]+)(?=[\s>])(?:[^>]*?\bclass="?([^">]*))?/g);
  return new Set([...tags].flatMap(([, tag, classes]) => (classes ?? "").split(/\s+/).map((name) => `${tag}.${name}`)));
}

/** The pages by their layout, each with what distinguishes it. */
function byLayout(files) {
  const layouts = new Map();
  for (const file of files) {
    const page = { ...layout(file), elements: elementsOf(read(file)), size: size(file) };
    const key = `${page.theme}/${page.template}/${page.language}`;
    layouts.set(key, [...(layouts.get(key) ?? []), { ...page, key }]);
  }
  return new Map([...layouts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One page of each layout: the one with the most kinds of elements, and the smallest of those. */
export function samples() {
  const richer = (a, b) => (b.elements.size - a.elements.size || a.size - b.size) <= 0;
  return [...byLayout(READABLE).values()].map((pages) => pages.reduce((a, b) => (richer(a, b) ? a : b)));
}

/** One sample of each theme and template, Japanese and English in turn: for what a language changes little. */
export function halves() {
  const pairs = new Map();
  for (const sample of samples()) {
    const key = `${sample.theme}/${sample.template}`;
    pairs.set(key, [...(pairs.get(key) ?? []), sample]);
  }
  return [...pairs.values()].map((pair, number) => pair.reverse()[number % pair.length]);
}

/**
 * The pages that a browser opens one by one: of each layout those that have a kind of element which none before had, and
 * one in eight of the others. The rest differ in their words alone.
 */
export const OPENED = [...byLayout(READABLE).values()].flatMap((pages) => {
  const known = new Set();
  return pages.sort((a, b) => b.elements.size - a.elements.size || (a.file < b.file ? -1 : 1)).filter((page, number) => {
    const isNew = [...page.elements].some((kind) => !known.has(kind));
    page.elements.forEach((kind) => known.add(kind));
    return isNew || number % 8 === 0;
  }).map(({ file }) => file);
});
