// The gallery of the manual: every kind of panel, in both languages, where it is hardest to read.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { inParallel, launch, report, sidewaysScroll } from "./browser.js";
import { serve } from "./server.js";
import { BASE, READABLE } from "./site.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const GALLERY = READABLE.filter((file) => /^(en\/)?guide\/panels\/[^/]+\/index\.html$/.test(file));
/** What was found, by what was asked. */
const found = { scroll: [], small: [], outside: [], overlap: [], forced: [], print: [], axe: [] };

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(new URL(BASE).pathname);
  const context = await browser.newContext({ viewport: { width: 320, height: 800 }, reducedMotion: "reduce", colorScheme: "light" });
  await inParallel(GALLERY, async (file) => {
    const page = await context.newPage();
    const note = (kind, findings) => found[kind].push(...findings.map((finding) => `${file}: ${finding}`));
    await page.goto(server.url(file), { waitUntil: "load" });
    const scroll = await sidewaysScroll(page);
    note("scroll", scroll ? [scroll] : []);
    const texts = await page.evaluate(readTexts);
    for (const kind of ["small", "outside", "overlap"]) {
      note(kind, texts[kind]);
    }
    await page.evaluate(AXE);
    note("axe", await page.evaluate(violations));
    await page.emulateMedia({ forcedColors: "active" });
    note("forced", await page.evaluate(invisible));
    await page.emulateMedia({ forcedColors: "none", media: "print" });
    note("print", await page.evaluate(invisible));
    await page.close();
  }, 2);
  await context.close();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Runs in the page: texts of drawings that are too small, beyond the panel, or upon each other. */
function readTexts() {
  const result = { small: [], outside: [], overlap: [] };
  const pen = document.createElement("canvas").getContext("2d");
  // The box of a text holds room above and below its letters: here are the letters alone.
  const ink = (text, style) => {
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const measure = pen.measureText(text.textContent);
    const box = text.getBoundingClientRect();
    const base = box.top + measure.fontBoundingBoxAscent;
    return { left: box.left, right: box.right, top: base - measure.actualBoundingBoxAscent, bottom: base + measure.actualBoundingBoxDescent };
  };
  for (const drawing of document.querySelectorAll(".panel .pa")) {
    const panel = drawing.closest(".panel").getBoundingClientRect();
    const texts = [...drawing.querySelectorAll("text")].filter((text) => text.checkVisibility() && text.textContent.trim());
    const boxes = texts.map((text) => {
      const style = getComputedStyle(text);
      return { name: text.textContent, box: text.getBoundingClientRect(), ink: ink(text, style), size: parseFloat(style.fontSize) };
    });
    for (const { name, box, size } of boxes) {
      if (size < 12) {
        result.small.push(`${name}: ${size} px`);
      }
      if (box.left < panel.left - 0.5 || box.right > panel.right + 0.5 || box.top < panel.top || box.bottom > panel.bottom) {
        result.outside.push(`${name}: ${box.left.toFixed(1)} to ${box.right.toFixed(1)} of ${panel.left.toFixed(1)} to ${panel.right.toFixed(1)}`);
      }
    }
    const meets = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    boxes.forEach((one, at) => boxes.slice(at + 1).filter((other) => meets(one.ink, other.ink))
      .forEach((other) => result.overlap.push(`${one.name} and ${other.name}`)));
  }
  return result;
}

/** Runs in the page: marks and texts of drawings that can't be told from nothing. */
function invisible() {
  const clear = (paint) => paint === "none" || /^(transparent|rgba\(.*, 0\))$/.test(paint);
  const findings = [];
  for (const drawing of document.querySelectorAll(".panel .pa")) {
    // What lies below all else: the nearest ground that is painted.
    let ground = "rgb(255, 255, 255)";
    for (let element = drawing; element; element = element.parentElement) {
      const color = getComputedStyle(element).backgroundColor;
      if (!clear(color)) {
        ground = color;
        break;
      }
    }
    const marks = [...drawing.querySelectorAll("path, text")].filter((mark) => mark.checkVisibility());
    const filling = marks.filter((mark) => mark.tagName === "path").map((mark) => ({ box: mark.getBoundingClientRect(), fill: getComputedStyle(mark).fill }));
    // What is drawn in the colour of the page is seen where it lies on a mark of another colour.
    const liesOnMark = (mark, fill) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      return filling.some(({ box, fill: below }) => !clear(below) && below !== fill
        && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
    };
    const seen = (mark) => {
      const style = getComputedStyle(mark);
      const filled = !clear(style.fill) && parseFloat(style.fillOpacity) > 0 && (style.fill !== ground || liesOnMark(mark, style.fill));
      const drawn = !clear(style.stroke) && style.stroke !== ground && parseFloat(style.strokeWidth) > 0 && parseFloat(style.strokeOpacity) > 0;
      return filled || drawn;
    };
    if (!marks.some((mark) => mark.tagName === "path" && seen(mark))) {
      findings.push(`no mark is seen in ${drawing.className}`);
    }
    for (const mark of marks.filter((mark) => !seen(mark))) {
      // Lines that part what they lie on are of the ground's colour on purpose; so are rings below dots.
      const name = mark.getAttribute("class") ?? "";
      if (mark.tagName === "text" || !/\b(o|e|sp|g|u|t[123]|f0|ld|tw|kr|ha|h)\b/.test(name)) {
        findings.push(`${mark.tagName} ${name} ${mark.textContent.slice(0, 20)}`);
      }
    }
  }
  return findings;
}

/** Runs in the page: what axe says of its panels. */
async function violations() {
  const { violations } = await window.axe.run({ include: [[".panel"]] }, { resultTypes: ["violations"] });
  return violations.map((violation) => `${violation.id}: ${violation.nodes.slice(0, 2).map((node) => node.html.slice(0, 140)).join("; ")}`);
}

test("the gallery shows every kind in two languages", () => {
  assert.equal(GALLERY.length, 32, GALLERY.join(", "));
});

const CLAIMS = {
  scroll: "no page of it scrolls sideways at 320 pixels",
  small: "texts of drawings are 12 pixels or more",
  outside: "texts of drawings stay within their panels",
  overlap: "texts of drawings keep apart",
  forced: "forced colours leave marks and texts to be seen",
  print: "print leaves marks and texts to be seen",
  axe: "axe finds nothing",
};

for (const [kind, claim] of Object.entries(CLAIMS)) {
  test(claim, () => assert.equal(report(found[kind]), ""));
}
