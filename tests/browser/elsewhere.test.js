// The site where it was not meant to stand: in a folder on a stick, opened by a double click, and below another path.

import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { launch, observe, report } from "./browser.js";
import { serve } from "./server.js";
import { ROOT, halves, isLost } from "./site.js";

const SAMPLES = halves().filter(({ file }) => !isLost(file)); // which is for servers alone

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

async function open(origin) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  return { page, observed: observe(page, origin) };
}

/** Whether the styles of the theme are in force: a bare page has a margin around it, and a theme's has none. */
function styled(page) {
  return page.evaluate(() => {
    const links = [...document.querySelectorAll('link[rel="stylesheet"]')];
    const margin = getComputedStyle(document.body).marginTop;
    return links.length > 0 && links.every((link) => link.sheet !== null) && margin === "0px";
  });
}

test("home, an article and the English version, by clicks, without a server", async () => {
  const { page, observed } = await open("file://");
  await page.goto(pathToFileURL(path.join(ROOT, "index.html")).href);
  assert.ok(await styled(page), "the home page has no styles");

  const article = page.locator("main a[href$='.html'], main a[href*='.html#']").first();
  await article.click();
  // A click is done as soon as the next page begins.
  await page.waitForLoadState("load");
  assert.match(page.url(), /^file:.*\.html/);
  assert.notEqual(path.resolve(new URL(page.url()).pathname), path.join(ROOT, "index.html"), "the click led nowhere");
  assert.ok(await styled(page), `${page.url()} has no styles`);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "ja");

  await page.locator("a[hreflang='en']").first().click();
  await page.waitForLoadState("load");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.ok(await styled(page), `${page.url()} has no styles`);
  assert.equal(report(observed.problems), "");
});

test("every template has its styles and pictures without a server", async () => {
  const { page, observed } = await open("file://");
  const findings = [];
  for (const { file } of SAMPLES) {
    await page.goto(pathToFileURL(path.join(ROOT, file)).href);
    findings.push(...await lacks(page, file));
  }
  assert.equal(report([...findings, ...observed.problems]), "");
});

test("every template has its styles and pictures below another path", async () => {
  const server = await serve("/some/where/");
  const { page, observed } = await open(server.origin);
  const findings = [];
  for (const { file } of SAMPLES) {
    await page.goto(server.url(file));
    findings.push(...await lacks(page, file));
  }
  await server.close();
  assert.equal(report([...findings, ...observed.problems]), "");
});

/** What a page lacks: its styles, or pictures. */
async function lacks(page, file) {
  const broken = await page.evaluate(async () => {
    const images = [...document.images];
    images.forEach((image) => { image.loading = "eager"; });
    await Promise.all(images.map((image) => image.decode().catch(() => {})));
    return images.filter((image) => image.naturalWidth === 0).map((image) => image.src);
  });
  return [...(await styled(page) ? [] : ["no styles"]), ...broken].map((finding) => `${file}: ${finding}`);
}
