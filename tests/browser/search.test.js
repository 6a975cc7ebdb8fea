// Searching: over HTTP below a path, and from a folder without a server.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { launch, observe, report, sidewaysScroll } from "./browser.js";
import { serve } from "./server.js";
import { ROOT } from "./site.js";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const data = (name) => JSON.parse(readFileSync(path.join(HERE, name), "utf8"));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve("/some/where/");
});

after(async () => {
  await browser?.close();
  await server?.close();
});

async function open(file, { query = "", origin = server.origin, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const seen = observe(page, origin);
  const address = origin === "file://" ? pathToFileURL(path.join(ROOT, file)).href : server.url(file);
  await page.goto(address + (query && `?q=${encodeURIComponent(query)}`), { waitUntil: "load" });
  return { page, seen, links: page.locator(".found .hd a"), status: page.locator("[role=status]").last(), close: () => context.close() };
}

const settled = (page) => page.waitForFunction(() => [...document.querySelectorAll("[role=status]")].some((line) => line.textContent));

test("the browser folds and cuts as the index does", async () => {
  const { page, close } = await open("search/index.html");
  await page.waitForFunction(() => globalThis.kairanSearch);
  const cases = data("cuts.json");
  const found = await page.evaluate(async (texts) => {
    await kairanSearch.started;
    return texts.map(kairanSearch.cut);
  }, cases.map(({ text }) => text));
  const sorted = ({ folded, keys }) => ({ folded, keys: [...keys].sort() });
  assert.deepEqual(found.map(sorted), cases.map(sorted));
  await close();
});

describe("what readers look for is found, without a server", () => {
  for (const [language, prefix] of [["ja", ""], ["en", "en/"]]) {
    test(language, async () => {
      const cases = data("queries.json").filter(({ lang }) => lang === language);
      assert.ok(cases.length >= 28, `only ${cases.length} queries`);
      const { page, seen, close } = await open(`${prefix}search/index.html`, { origin: "file://" });
      await page.waitForFunction(() => globalThis.kairanSearch);
      const answers = await page.evaluate(async (queries) => {
        await kairanSearch.started;
        const answers = [];
        for (const query of queries) {
          const { sure } = await kairanSearch.search(query);
          answers.push(sure.map(({ shown }) => shown[1].replace("index.html", "")));
        }
        return answers;
      }, cases.map(({ q }) => q));
      const wrong = cases.flatMap(({ q, page: own, other, within = 3 }, number) => {
        const hrefs = answers[number];
        const wanted = other ?? (own === null ? null : prefix + own);
        const place = hrefs.indexOf(wanted);
        const good = wanted === null ? hrefs.length === 0 : place >= 0 && place < within;
        return good ? [] : [`${q}: wanted ${wanted} among the first ${within}, found ${hrefs.slice(0, 4).join(" ")}`];
      });
      assert.equal(report(wrong), "");
      assert.deepEqual(seen.problems, []);
      await close();
    });
  }
});

describe("the page for searching", () => {
  test("takes what is looked for from the address, and keeps it there", async () => {
    const { page, seen, links, status, close } = await open("search/index.html", { query: "腹症" });
    await settled(page);
    assert.match(await status.textContent(), /^\d+件/);
    assert.equal(await page.locator("#find-q").inputValue(), "腹症");
    assert.ok((await page.locator(".found mark").allTextContents()).includes("腹症"));
    assert.equal(await page.locator("#search-browse").isVisible(), false);
    await page.locator("#find-q").fill("いわき市");
    await page.waitForFunction(() => new URL(location).searchParams.get("q") === "いわき市");
    await page.waitForFunction(() => document.querySelector(".found .hd a")?.textContent.includes("いわき市"));
    assert.ok(await links.count() >= 5);
    await page.locator("#find-q").fill("");
    await page.waitForFunction(() => !document.querySelector("#search-browse").hidden);
    assert.equal(new URL(page.url()).search, "");
    assert.deepEqual(seen.problems, []);
    await close();
  });

  test("shows the kind, the language and the way to the place", async () => {
    const { page, close } = await open("en/search/index.html", { query: "腹症" });
    await settled(page);
    const foreign = page.locator(".found li", { has: page.locator(".tag[lang=ja]") }).first();
    assert.equal(await foreign.locator(".hd a").getAttribute("lang"), "ja");
    assert.equal(await page.locator("main h2.hd").first().textContent(), "Pages in other languages");
    const place = page.locator(".found a[href*='#']:not(.hd a)").first();
    const heading = await place.textContent();
    await place.click();
    await page.waitForURL(/#./);
    const target = await page.evaluate(() => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.textContent);
    assert.ok(target?.includes(heading), `${heading} leads to ${target}`);
    await close();
  });

  test("says that there is nothing, and where else to look", async () => {
    const { page, status, close } = await open("search/index.html", { query: "存在しない言葉遣い" });
    await settled(page);
    assert.match(await status.textContent(), /存在しない言葉遣い/);
    await page.locator("main a", { hasText: "一覧" }).click();
    await page.waitForFunction(() => !document.querySelector("#search-browse").hidden && !location.search);
    await close();
  });

  test("leads everywhere without a script", async () => {
    const { page, seen, close } = await open("search/index.html", { javaScriptEnabled: false });
    assert.equal(await page.locator("#search").isVisible(), false);
    const sections = await page.locator("#search-browse ul").first().locator("a").count();
    const tags = await page.locator("#search-browse a[href*='tags/']").count();
    assert.ok(sections > 8 && tags > 8, `${sections} sections, ${tags} tags`);
    await page.locator("#search-browse a[href*='glossary']").click();
    assert.match(page.url(), /glossary/);
    assert.deepEqual(seen.problems, []);
    await close();
  });

  test("shows more where there is more, and goes on from there", async () => {
    const { page, links, close } = await open("search/index.html", { query: "医師" });
    await settled(page);
    assert.equal(await links.count(), 10);
    await page.locator("#search button").click();
    await page.waitForFunction(() => document.querySelectorAll(".found .hd a").length === 20);
    assert.ok(await links.nth(10).evaluate((link) => link === document.activeElement));
    await close();
  });

  test("gets over an index that was made anew, and says so where it can't", async () => {
    const { page, close, status } = await open("search/index.html");
    await page.waitForSelector("#find-q");
    let missing = 1;
    await page.route(/search\/[0-9a-f]+\.js/, (route) => (missing-- > 0 ? route.fulfill({ status: 404 }) : route.continue()));
    await page.locator("#find-q").fill("常磐病院");
    await page.waitForSelector(".found a");
    missing = Infinity;
    await page.locator("#find-q").fill("zoology");
    await page.waitForFunction(() => document.querySelector("[role=status]").textContent.includes("読み込めません"));
    assert.doesNotMatch(await status.textContent(), /\d/);
    await close();
  });
});

describe("the dialog", () => {
  for (const file of ["about/index.html", "recruit/index.html", "en/index.html"]) {
    test(`by keyboard on ${file}`, async () => {
      const { page, seen, links, close } = await open(file);
      await page.locator("a.find").focus();
      await page.keyboard.press("Enter");
      await page.waitForSelector("dialog[open]");
      assert.equal(await page.evaluate(() => document.activeElement.id), "find-q");
      await page.keyboard.type("iwaki");
      await page.waitForSelector(".found a");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      assert.ok(await links.nth(1).evaluate((link) => link === document.activeElement));
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      assert.equal(await page.evaluate(() => document.activeElement.id), "find-q");
      await page.keyboard.press("Escape");
      if (await page.locator("dialog[open]").count()) await page.keyboard.press("Escape"); // the first emptied the field
      await page.waitForSelector("dialog", { state: "hidden" });
      assert.ok(await page.evaluate(() => document.activeElement.matches("a.find")), "the focus is not back");
      await page.keyboard.press("Enter");
      await page.waitForSelector("dialog[open]");
      await page.locator("#find-q").fill("iwaki");
      await page.waitForSelector(".found a");
      await page.locator("#find-q").focus();
      await page.keyboard.press("ArrowDown");
      // What was typed last may still be looked for.
      await page.evaluate(resultsCome);
      assert.ok(await links.first().evaluate((link) => link === document.activeElement), "the focus is lost with the old results");
      const wanted = await links.first().evaluate((link) => link.href);
      await page.keyboard.press("Enter");
      await page.waitForURL(wanted);
      assert.deepEqual(seen.problems, []);
      await close();
    });
  }

  test("sends what is looked for to the page for searching", async () => {
    const { page, close } = await open("about/index.html", { origin: "file://" });
    await page.locator("a.find").click();
    await page.waitForSelector("dialog[open]");
    await page.keyboard.type("joban");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\/index\.html\?q=joban/);
    await page.waitForSelector(".found a");
    await close();
  });

  test("is not asked for by those who only read", async () => {
    const { page, close } = await open("about/index.html");
    const scripts = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    assert.ok(scripts.some((name) => name.includes("/search.")), scripts.join(" "));
    assert.deepEqual(scripts.filter((name) => /search-live|search\/|search\.[0-9a-f]+\.css/.test(name)), []);
    await close();
  });
});

describe("axe finds nothing in open results", () => {
  for (const [file, query] of [["search/index.html", "病院"], ["en/search/index.html", "腹症"], ["recruit/index.html", "病院"]]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${file}, ${colorScheme}`, async () => {
        const isPage = file.includes("search");
        const { page, close } = await open(file, { query: isPage ? query : "", colorScheme });
        if (!isPage) {
          await page.locator("a.find").click();
          await page.waitForSelector("dialog[open]");
          await page.keyboard.type(query);
        }
        await page.waitForSelector(".found a");
        const findings = [];
        for (const width of [320, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const extra = await sidewaysScroll(page);
          if (extra) findings.push(`${width}: ${extra}`);
          await page.evaluate(AXE);
          const violations = await page.evaluate((rules) => globalThis.axe
            .run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] })
            .then((result) => result.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(" ")}`)), RULES);
          findings.push(...violations);
        }
        assert.equal(report(findings), "");
        await close();
      });
    }
  }
});

/** Runs in the page: looks for the same once more, and waits until the results are there. */
function resultsCome() {
  const old = document.querySelector(".found");
  const come = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (!old.isConnected && document.querySelector(".found")) {
        watch.disconnect();
        resolve();
      }
    });
    watch.observe(document.querySelector("dialog"), { childList: true, subtree: true });
  });
  document.getElementById("find-q").dispatchEvent(new Event("input"));
  return come;
}
