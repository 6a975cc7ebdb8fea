// The site without a server: a folder on a stick, opened by a double click.

import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { launch, observe, report } from "./browser.js";
import { ROOT, samples } from "./site.js";

let browser;
let page;
let observed;

before(async () => {
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  observed = observe(page, "file://");
});

after(() => browser?.close());

/** Whether the styles of the theme are in force: a bare page has a margin around it, and a theme's has none. */
function styled() {
  return page.evaluate(() => {
    const links = [...document.querySelectorAll('link[rel="stylesheet"]')];
    const margin = getComputedStyle(document.body).marginTop;
    return links.length > 0 && links.every((link) => link.sheet !== null) && margin === "0px";
  });
}

test("home, an article and the English version, by clicks", async () => {
  await page.goto(pathToFileURL(path.join(ROOT, "index.html")).href);
  assert.ok(await styled(), "the home page has no styles");

  const article = page.locator("main a[href$='.html'], main a[href*='.html#']").first();
  await article.click();
  assert.match(page.url(), /^file:.*\.html/);
  assert.notEqual(path.resolve(new URL(page.url()).pathname), path.join(ROOT, "index.html"), "the click led nowhere");
  assert.ok(await styled(), `${page.url()} has no styles`);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "ja");

  await page.locator("a[hreflang='en']").first().click();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.ok(await styled(), `${page.url()} has no styles`);
  assert.equal(report(observed.problems), "");
});

test("every template has its styles and pictures", async () => {
  const findings = [];
  // 404.html is for servers alone.
  for (const { file } of samples().filter(({ file }) => file !== "404.html")) {
    await page.goto(pathToFileURL(path.join(ROOT, file)).href);
    if (!(await styled())) {
      findings.push(`${file}: no styles`);
    }
    const broken = await page.evaluate(async () => {
      const images = [...document.images];
      images.forEach((image) => { image.loading = "eager"; });
      await Promise.all(images.map((image) => image.decode().catch(() => {})));
      return images.filter((image) => image.naturalWidth === 0).map((image) => image.src);
    });
    findings.push(...broken.map((source) => `${file}: ${source}`));
  }
  findings.push(...observed.problems);
  assert.equal(report(findings), "");
});
