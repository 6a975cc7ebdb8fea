// One page of each template, in each theme and language, opened once and looked at in every light: by axe, narrow, with
// large and spaced text, with forced colours, without motion, on paper, without scripts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { inParallel, launch, report, sidewaysScroll } from "./browser.js";
import { serve } from "./server.js";
import { BASE, halves, isLost, read, samples } from "./site.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// What the width or the colours of a screen can change; all else is the same in every light.
const RULES_OF_LIGHT = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"];
const SAMPLES = samples();
const HALVES = new Set(halves().map(({ file }) => file));

const CLAIMS = {
  axe: "axe finds nothing, wide and light, narrow and dark",
  scroll: "no page scrolls sideways at 320 pixels, which is 400 % of 1280, nor with text of twice the size",
  lost: "all that is told at 1280 pixels is told at 320",
  spacing: "with the spacing of text that WCAG 1.4.12 asks for, nothing is cut off",
  forced: "with forced colours, buttons and places keep their outlines, and no text has the colour of its ground",
  motion: "nothing moves for those who asked for that",
  held: "no script holds a page up",
  order: "what follows in the text stands below or to the right",
  print: "paper is light, has its heading and no navigation",
  script: "all that is told is told without a script",
};
/** What was found, by what was asked. */
const found = Object.fromEntries(Object.keys(CLAIMS).map((kind) => [kind, []]));
/** By rule of axe: on how many pages it found what it looks for, and what was wrong. */
const rules = new Map();

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(new URL(BASE).pathname);
  const contexts = await Promise.all([0, 1, 2].map(() => browser.newContext({ reducedMotion: "reduce" })));
  const pages = await Promise.all(contexts.map((context) => context.newPage()));
  await inParallel(SAMPLES, async (sample) => {
    const page = pages.pop();
    await look(page, sample);
    pages.push(page);
  }, pages.length);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const [kind, claim] of Object.entries(CLAIMS)) {
  test(claim, () => assert.equal(report(found[kind].sort()), ""));
}

test("axe looked at what it looks for", () => {
  console.log([...rules].sort().map(([id, { pages, nodes }]) => `${id}: on ${pages} pages, ${nodes} found`).join("\n"));
  assert.ok(rules.size > 40, `only ${rules.size} rules`);
});

test("every template is there in both languages", () => {
  const languages = new Map();
  for (const { theme, template, language } of SAMPLES) {
    const key = `${theme}/${template}`;
    languages.set(key, [...(languages.get(key) ?? []), language]);
  }
  assert.ok(languages.size >= 30, `only ${languages.size} templates: ${[...languages.keys()].join(", ")}`);
  const alone = [...languages].filter(([key, list]) => !key.includes("404") && !(list.includes("ja") && list.includes("en")));
  assert.equal(report(alone.map(([key, list]) => `${key}: only ${list.join(", ")}`)), "");
});

/** One page in every light. What each light finds is asked on the same page, so that it is loaded once. */
async function look(page, { file }) {
  const note = (kind, findings) => found[kind].push(...findings.map((finding) => `${file}: ${finding}`));
  const wide = () => page.setViewportSize({ width: 1280, height: 900 });
  const narrow = () => page.setViewportSize({ width: 320, height: 800 });
  await page.emulateMedia({ media: "screen", colorScheme: "light", forcedColors: "none" });
  await wide();
  await page.goto(server.url(file), { waitUntil: "load" });
  note("held", await page.evaluate(scriptsWaitedFor));
  note("order", await page.evaluate(outOfOrder));
  const told = await page.evaluate(lines);
  // A script changes the text of those pages alone that load one.
  if (HALVES.has(file) && /<script[^>]* src=/.test(read(file))) {
    note("script", (await without(file, await page.evaluate(texts))).map((line) => `only with a script: ${line}`));
  }
  note("motion", await page.evaluate(moving));
  // What a reader opens must hold too: tables below the graphics.
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  await page.evaluate(AXE);
  note("axe", await axe(page, { runOnly: { type: "tag", values: TAGS } }));
  await page.emulateMedia({ forcedColors: "active" });
  note("forced", await page.evaluate(withoutOutline));
  // A dark screen must not print dark paper.
  await page.emulateMedia({ forcedColors: "none", media: "print", colorScheme: "dark" });
  note("print", isLost(file) ? [] : await page.evaluate(unprintable));
  await page.emulateMedia({ media: "screen" });
  await narrow();
  note("lost", await page.evaluate(missing, told));
  note("order", await page.evaluate(outOfOrder));
  note("axe", await axe(page, { runOnly: { type: "rule", values: RULES_OF_LIGHT } }));
  note("scroll", [await sidewaysScroll(page)].filter(Boolean));
  await page.evaluate(restyle, "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
  note("spacing", [await sidewaysScroll(page), ...await page.evaluate(cutOff)].filter(Boolean));
  await page.setViewportSize({ width: 640, height: 900 });
  await page.evaluate(restyle, ":root { font-size: 200% !important }");
  note("scroll", [await sidewaysScroll(page)].filter(Boolean).map((extra) => `large text: ${extra}`));
}

/** What axe finds wrong. */
async function axe(page, options) {
  const result = await page.evaluate((options) => globalThis.axe
    .run(document, { ...options, resultTypes: ["violations"] })
    .then(({ violations, passes }) => ({
      passed: passes.map(({ id }) => id),
      violations: violations.map(({ id, nodes }) => ({
        id, count: nodes.length, nodes: nodes.slice(0, 4).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`),
      })),
    })), options);
  const count = (id, nodes) => {
    const known = rules.get(id) ?? { pages: 0, nodes: 0 };
    rules.set(id, { pages: known.pages + 1, nodes: known.nodes + nodes });
  };
  result.passed.forEach((id) => count(id, 0));
  return result.violations.map(({ id, count: nodes, nodes: some }) => {
    count(id, nodes);
    return `${id}:\n    ${some.join("\n    ")}`;
  });
}

/** The texts that a page shows; controls do nothing without their script, so they and what they announce come with it. */
function texts() {
  const controls = [...document.body.querySelectorAll("form, [role=status]")].filter((control) => !control.hidden);
  controls.forEach((control) => { control.hidden = true; });
  const lines = document.body.innerText.split("\n").map((line) => line.trim()).filter(Boolean);
  controls.forEach((control) => { control.hidden = false; });
  return lines;
}

/** What of these texts is not there without JavaScript. */
async function without(file, told) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.url(file), { waitUntil: "load" });
  const plain = new Set(await page.evaluate(texts));
  await context.close();
  return plain.size > 3 ? told.filter((line) => !plain.has(line)) : ["nothing to read"];
}

/** Runs in the page: what it says, line by line and without space; not the ticks of drawings, which leave some out where narrow. */
function lines() {
  const ornaments = [...document.querySelectorAll("[aria-hidden=true]:not([hidden]), .pa [role=img], .pa svg, [role=img].pa")];
  ornaments.forEach((element) => element.toggleAttribute("hidden", true));
  const lines = document.body.innerText.split(/[\n\t]/).map((line) => line.replace(/\s+/g, "")).filter(Boolean);
  ornaments.forEach((element) => element.toggleAttribute("hidden", false));
  return lines;
}

/** Runs in the page: which of these lines it does not say. */
function missing(told) {
  const all = document.body.innerText.replace(/\s+/g, "");
  return told.filter((line) => !all.includes(line)).map((line) => line.slice(0, 60));
}

/** Runs in the page: scripts that it waited for. */
function scriptsWaitedFor() {
  return [...document.querySelectorAll("script[src]:not([defer], [async])")].map((script) => `waits for ${script.src}`);
}

/** Runs in the page: what moves. */
function moving() {
  const smooth = getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["scrolls smoothly"] : [];
  return [...document.getAnimations().map((animation) => animation.animationName ?? animation.transitionProperty), ...smooth];
}

/** Runs in the page: puts on a style sheet of the reader's, in place of the one before. */
function restyle(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}

/** Runs in the page: texts that their boxes cut off. */
function cutOff() {
  const cuts = (element) => {
    const style = getComputedStyle(element);
    const clips = (overflow) => overflow === "hidden" || overflow === "clip";
    return (clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
  };
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.innerText?.trim() && element.checkVisibility() && element.clientWidth > 1 && cuts(element))
    // A cover may be larger than what it shows of its drawings: its texts are what counts.
    .filter((element) => [...element.querySelectorAll("*")].some((child) => [...child.childNodes].some((node) => {
      if (node.nodeType !== 3 || !node.textContent.trim() || child.closest("[aria-hidden=true], .vh")) {
        return false;
      }
      const range = document.createRange();
      range.selectNodeContents(node);
      const [text, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
      return text.right > box.right + 1 || text.left < box.left - 1 || text.bottom > box.bottom + 1 || text.top < box.top - 1;
    })))
    .map((element) => `cuts off: <${element.tagName.toLowerCase()} class="${element.className}">`);
}

/** Runs in the page, with forced colours: what only a colour of its own set apart, and texts in the colour of their ground. */
function withoutOutline() {
  const shown = [...document.body.querySelectorAll("*")].filter((element) => element.checkVisibility());
  const outlined = (element) => {
    const style = getComputedStyle(element);
    return ["Top", "Bottom", "Left"].some((side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0
      && style[`border${side}Color`] !== style.backgroundColor) || style.outlineStyle !== "none";
  };
  const marks = shown.filter((element) => element.matches(".btn, .tag, .panel, .note, .profile, .hcard, input, select, button"));
  const bare = marks.filter((element) => !outlined(element)).map((element) => `no outline: <${element.tagName.toLowerCase()} class="${element.className}">`);
  const here = shown.filter((element) => element.matches("[aria-current]")).filter((element) => {
    const style = getComputedStyle(element);
    return style.textDecorationLine === "none" && !outlined(element) && style.fontWeight < 600 && element.tagName === "A";
  });
  const faint = shown.filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .filter((element) => {
      const style = getComputedStyle(element);
      return style.color === style.backgroundColor;
    });
  return [...bare, ...here.map((element) => `not marked: ${element.textContent}`), ...faint.map((element) => `can't be read: ${element.textContent.slice(0, 40)}`)];
}

/** Runs in the page: elements that stand before those that they follow. */
function outOfOrder() {
  const inFlow = (element) => {
    const style = getComputedStyle(element);
    return element.checkVisibility() && style.float === "none" && ["static", "relative"].includes(style.position)
      && !style.display.startsWith("inline") && style.display !== "contents" && element.getBoundingClientRect().height > 1;
  };
  const horizontal = (element) => getComputedStyle(element).writingMode === "horizontal-tb";
  // The two lines of the header are no sequence; columns of text run down first, and drawings have no order.
  const parents = [...document.querySelectorAll("main, main *, footer *")]
    .filter((parent) => parent.children.length > 1 && horizontal(parent) && !parent.closest("svg, .cover, .p-g, .jp, table, ruby, math")
      && getComputedStyle(parent).columnCount === "auto" && getComputedStyle(parent).columnWidth === "auto");
  return parents.flatMap((parent) => {
    const children = [...parent.children].filter(inFlow).map((element) => [element, element.getBoundingClientRect()]);
    return children.slice(1).flatMap(([element, box], at) => {
      const [, before] = children[at];
      const above = box.bottom <= before.top + 1 && box.left < before.right - 1;
      const left = box.right <= before.left + 1 && box.top < before.bottom - 1 && box.bottom > before.top + 1;
      return above || left ? [`<${element.tagName.toLowerCase()} class="${element.className}"> in <${parent.tagName.toLowerCase()} class="${parent.className}">`] : [];
    });
  });
}

/** Runs in the page, as it is printed: what paper should not have. */
function unprintable() {
  const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
  const light = (color) => {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
    return a === 0 || (r + g + b) / 3 > 200;
  };
  // Lists of figures and of tables belong to a report, on paper too, and the contents to an issue.
  const navigation = [...document.querySelectorAll("nav:not(.lof, .sheet)")].filter(shown);
  return [
    ...navigation.map((element) => `navigation is printed: ${element.getAttribute("aria-label") ?? element.className}`),
    ...(shown(document.querySelector("h1")) ? [] : ["the heading is not printed"]),
    ...([document.documentElement, document.body].every((element) => light(getComputedStyle(element).backgroundColor)) ? [] : ["the paper is dark"]),
  ];
}
