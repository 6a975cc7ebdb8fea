// By keyboard alone: one page of each template, with the languages in turn, since these change no order.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { inParallel, launch, report } from "./browser.js";
import { serve } from "./server.js";
import { BASE, halves } from "./site.js";

// A page with more stops is a list, and those to come are like those before.
const MOST_STOPS = 120;
// So many keys are on their way at a time.
const AT_A_TIME = 12;

const CLAIMS = {
  skip: "the first stop is the link that skips the navigation, and it does",
  reach: "everything can be reached, and nothing holds the focus back",
  seen: "what has the focus is seen, and marked as having it",
  order: "the focus goes in the order of the text",
  back: "the way back leads through the same places",
};
const found = Object.fromEntries(Object.keys(CLAIMS).map((kind) => [kind, []]));
let stopped = 0;

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(new URL(BASE).pathname);
  await inParallel(halves(), async ({ file }) => {
    // A page in a context of its own: only one page of a window has the focus.
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(server.url(file), { waitUntil: "load" });
    await walk(page, (kind, findings) => found[kind].push(...findings.map((finding) => `${file}: ${finding}`)));
    await context.close();
  });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const [kind, claim] of Object.entries(CLAIMS)) {
  test(claim, () => assert.equal(report(found[kind].sort()), ""));
}

test("there was a way to go", () => assert.ok(stopped > 600, `only ${stopped} stops`));

async function walk(page, note) {
  const all = await page.evaluate(watch);
  const wanted = Math.min(all.length, MOST_STOPS);
  const stops = [];
  // A script may add controls on the way, which are stops too.
  for (let left = wanted; left > 0 && stops.length < 2 * wanted; left = wanted - stops.filter(({ index }) => index >= 0).length) {
    await press(page, "Tab", left);
    const more = await page.evaluate(() => globalThis.stops.splice(0));
    stops.push(...more);
    if (more.every(({ index }) => index >= 0)) {
      break;
    }
  }
  stopped += stops.length;
  const reached = new Set(stops.map(({ index }) => index));
  note("reach", all.slice(0, wanted).filter(({ index }) => !reached.has(index)).map(({ name }) => `can't be reached: ${name}`));
  note("seen", stops.filter(({ marked, visible }) => !marked || !visible).map(({ name, marked }) => `${marked ? "can't be seen" : "is not marked"}: ${name}`));
  // A script may add controls on the way; they have no number.
  const numbers = stops.map(({ index }) => index).filter((index) => index >= 0);
  note("order", numbers.filter((index, at) => at > 0 && index < numbers[at - 1]).map((index) => `goes back to ${all[index]?.name}`));
  await press(page, "Shift+Tab", 3);
  const back = (await page.evaluate(() => globalThis.stops.splice(0))).map(({ index }) => index).filter((index) => index >= 0);
  note("back", back.filter((index, at) => at > 0 && index > back[at - 1]).map((index) => `goes on to ${all[index]?.name}`));
  note("skip", await skips(page, stops[0]));
}

/** Presses a key so many times. */
async function press(page, key, times) {
  for (let left = times; left > 0; left -= AT_A_TIME) {
    await Promise.all(Array.from({ length: Math.min(left, AT_A_TIME) }, () => page.keyboard.press(key)));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
}

/** Why the skip link does not skip. A panel alone stands in a frame and has no navigation. */
async function skips(page, first) {
  if (await page.evaluate(() => document.querySelector("nav") === null)) {
    return [];
  }
  if (!first?.href?.startsWith("#")) {
    return [`the first stop is no skip link: ${JSON.stringify(first)}`];
  }
  await page.setViewportSize({ width: 360, height: 900 });
  await page.evaluate(() => document.querySelector("a[href^='#']").focus());
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const target = document.querySelector(":target");
    const active = document.activeElement;
    return [
      ...(target?.closest("main") ? [] : ["the skip link does not lead into main"]),
      ...(document.querySelector("body > header")?.contains(active) ? ["the next stop is still in the header"] : []),
    ];
  });
}

/** Runs in the page: numbers all that a keyboard must reach, and from now on notes where the focus goes. */
function watch() {
  const all = [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
      && element.getAttribute("tabindex") !== "-1" && element.closest("[inert]") === null);
  const name = (element) => `<${element.tagName.toLowerCase()}> ${element.textContent.trim().slice(0, 40)}`;
  all.forEach((element, index) => { element.stop = index; });
  const look = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor].join("|");
  };
  const usual = new Map(all.map((element) => [element, look(element)]));
  globalThis.stops = [];
  document.addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const stop = { index: target.stop ?? -1, name: name(target), href: target.getAttribute("href"), marked: outlined || look(target) !== usual.get(target) };
    const box = target.getBoundingClientRect();
    stop.visible = box.width > 1 && box.height > 1;
    // Where the page scrolls to is known when all that is on the way has come in.
    requestAnimationFrame(() => {
      const { bottom, top, right, left } = target.getBoundingClientRect();
      stop.visible &&= document.activeElement !== target || (bottom > 0 && top < innerHeight && right > 0 && left < innerWidth);
    });
    globalThis.stops.push(stop);
  });
  return all.map((element, index) => ({ index, name: name(element) }));
}
