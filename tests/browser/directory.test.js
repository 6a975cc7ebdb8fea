// The directory of hospitals: complete without a script; with it narrowed at once, by keyboard, with its state in the address.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, observe } from "./browser.js";
import { serve } from "./server.js";
import { BASE, read } from "./site.js";

const FILE = "hospitals/index.html";
const LINES = (read(FILE).match(/<li data-area=/g) ?? []).length;

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(new URL(BASE).pathname);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

async function open({ query = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 900 }, ...options });
  const page = await context.newPage();
  const seen = observe(page, server.origin);
  await page.goto(server.url(FILE) + query, { waitUntil: "load" });
  return { page, seen, lines: page.locator(".hosp > li:visible"), count: page.locator("#count"), close: () => context.close() };
}

describe("the directory", () => {
  test("is complete and in groups without a script", async () => {
    const { page, lines, close } = await open({ javaScriptEnabled: false });
    assert.ok(LINES > 5, `only ${LINES} hospitals`);
    assert.equal(await lines.count(), LINES);
    assert.ok(await page.locator(".dir > section:visible h2").count() > 1);
    assert.equal(await page.locator("#filter").isVisible(), false);
    await close();
  });

  test("is narrowed as one types, says how many are left, and keeps that in the address", async () => {
    const { page, seen, lines, count, close } = await open();
    assert.match(await count.textContent(), new RegExp(`^${LINES}`));
    assert.equal(await count.getAttribute("role"), "status");
    await page.locator("#f-q").focus();
    await page.keyboard.type("いわき　医療");
    assert.equal(await lines.count(), 1);
    assert.match(await lines.first().textContent(), /いわき市医療センター/);
    assert.match(await count.textContent(), /^1/);
    assert.equal(await page.locator(".dir > section:visible").count(), 1);
    assert.equal(new URL(page.url()).searchParams.get("q"), "いわき　医療");
    await page.locator("#f-q").fill("どこにもない");
    assert.equal(await lines.count(), 0);
    assert.doesNotMatch(await count.textContent(), /\d/);
    assert.deepEqual(seen.problems, []);
    await close();
  });

  test("takes its state from the address, and gives it up by keyboard", async () => {
    const { page, lines, close } = await open({ query: "?kind=core&beds=200" });
    assert.equal(await page.locator("#f-kind").inputValue(), "core");
    assert.equal(await lines.count(), 1);
    await page.locator("#f-beds").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction((all) => document.querySelectorAll(".hosp > li:not([hidden])").length === all, LINES);
    assert.equal(new URL(page.url()).search, "");
    await close();
  });

  test("chooses among what the hospitals have, and an address made up does no harm", async () => {
    const { page, lines, close } = await open({ query: "?kind=palace&dept=" });
    assert.equal(await lines.count(), LINES);
    await page.locator("#f-dept").selectOption({ index: 1 });
    const name = await page.locator("#f-dept").inputValue();
    assert.ok(await lines.count() > 0 && await lines.count() < LINES);
    for (const text of await lines.allTextContents()) {
      assert.ok(text.includes(name), `${name} is not in ${text}`);
    }
    await close();
  });
});
