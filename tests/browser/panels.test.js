// What the script of the panels adds: values under the pointer and the arrow keys, tables that sort, an area to follow.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, observe } from "./browser.js";
import { serve } from "./server.js";
import { BASE, PAGES } from "./site.js";

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

const TREND = "guide/panels/trend/index.html";
const TABLE = "guide/panels/table/index.html";

async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const seen = observe(page, server.origin);
  await page.goto(server.url(file), { waitUntil: "load" });
  return { page, panel: page.locator("#sample-trend, #sample-table").first(), seen, close: () => context.close() };
}

/** Reaches into the panel, as a keyboard does, and waits until its script is there. */
async function reach({ page, panel }) {
  await panel.locator(".p-x a, .p-x summary").first().focus();
  await page.locator(".tip, .th").first().waitFor({ state: "attached" });
}

/** The first column of a table, and one other. */
function columns(panel, column) {
  return panel.locator("tbody tr").evaluateAll((rows, column) => rows.map((row) => [
    row.cells[0].textContent, row.cells[column].textContent]), column);
}

describe("panels", () => {
  test("only pages with panels load a script, and its larger part only when a panel is touched", async () => {
    const asked = (page) => {
      const scripts = [];
      page.on("request", (request) => {
        const name = request.url().replace(/.*\//, "");
        if (request.resourceType() === "script" && !name.startsWith("search")) {
          scripts.push(name);
        }
      });
      return scripts;
    };
    const context = await browser.newContext();
    const page = await context.newPage();
    const scripts = asked(page);
    await page.goto(server.url(PAGES.find((file) => file.endsWith("contact/index.html"))), { waitUntil: "load" });
    assert.deepEqual(scripts, []);
    await page.goto(server.url(TREND), { waitUntil: "load" });
    assert.equal(scripts.length, 1);
    await page.locator("#sample-trend").hover();
    await page.locator(".tip").waitFor({ state: "attached" });
    assert.equal(scripts.length, 2);
    await context.close();
  });

  test("the arrow keys walk through the values of a drawing, and each is told", async () => {
    const it = await open(TREND);
    await reach(it);
    const { page, panel, seen } = it;
    const plot = panel.locator(".pa");
    await plot.focus();
    const status = page.locator("p[role=status]");
    const told = [];
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"]) {
      await page.keyboard.press(key);
      told.push(await status.textContent());
    }
    const cells = await panel.locator("table tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
    const [heads, ...rows] = cells;
    const all = new Set(rows.flatMap((row) => row.slice(1).map((value, place) => `${row[0]} ${heads[place + 1]} ${value}`)));
    assert.equal(new Set(told).size, 4, told.join(" / "));
    assert.ok(told.every((text) => all.has(text)), `${told.join(" / ")} in ${[...all].join(", ")}`);
    assert.equal(await panel.locator(".tip").textContent(), told[3]);
    await page.keyboard.press("Escape");
    assert.ok(await panel.locator(".tip").isHidden());
    assert.deepEqual(seen.problems, []);
    await it.close();
  });

  test("every kind of drawing tells its values", async () => {
    for (const kind of ["trend", "bars", "slope", "stack", "pyramid", "target", "map", "share", "scatter"]) {
      const it = await open(`guide/panels/${kind}/index.html`);
      const { page, seen } = it;
      const panel = page.locator(".panel").filter({ has: page.locator(".pa[data-values]") }).first();
      await panel.locator(".p-x a, .p-x summary").first().focus();
      await panel.locator(".tip").waitFor({ state: "attached" });
      const places = (await panel.locator(".pa").getAttribute("data-values")).split(";").map((value) => value.split(" ").map(Number));
      const table = await panel.locator("table tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
      const [heads, ...rows] = table;
      const cells = places.map(([x, y, row, column]) => `${x >= 0 && x <= 100 && y >= 0 && y <= 100} ${row} ${column}`);
      assert.equal(new Set(cells).size, places.length, `${kind}: each value has one place, and it is within the drawing`);
      const [x, y, row, column] = places[places.length >> 1];
      const box = await panel.locator(".pa").boundingBox();
      await page.mouse.move(box.x + x / 100 * box.width, box.y + y / 100 * box.height);
      const told = await panel.locator(".tip").textContent();
      const expected = column ? `${rows[row][0]} ${heads[column]} ${rows[row][column]}`
        : [rows[row][0], ...heads.slice(1).map((head, place) => `${head} ${rows[row][place + 1]}`)].join(" ");
      // Where two marks lie upon each other it may be the other one.
      const near = places.filter(([a, b]) => a === x && b === y).length > 1;
      if (!near) assert.equal(told, expected, kind);
      await panel.locator(".pa").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      assert.ok((await page.locator("p[role=status]").textContent()).length > 0, kind);
      assert.deepEqual(seen.problems, []);
      await it.close();
    }
  });

  test("the value under the pointer is that of the mark", async () => {
    const it = await open(TREND);
    await reach(it);
    const { page, panel } = it;
    const box = await panel.locator(".pa").boundingBox();
    // The end of the first line, as its path says.
    const [x, y] = await panel.locator(".pa path.km:not(.p)").first()
      .evaluate((path) => path.getAttribute("d").match(/-?[\d.]+ -?[\d.]+$/)[0].split(" ").map(Number));
    await page.mouse.move(box.x + x / 100 * box.width - 3, box.y + y / 100 * box.height + 3);
    const text = await panel.locator(".tip").textContent();
    const row = panel.locator("tbody tr").filter({ has: page.locator("th", { hasText: text.split(" ")[0] }) });
    assert.equal(text.split(" ").at(-1), await row.locator("td").last().textContent());
    // The name beside the end of the line is that of the row.
    const labels = await panel.locator(".pa text.km, .pa text.kh").allTextContents();
    assert.ok(labels.some((label) => label === `${text.split(" ")[0]} ${text.split(" ").at(-1)}`), `${text} among ${labels}`);
    await page.mouse.move(2, 2);
    assert.ok(await panel.locator(".tip").isHidden());
    await it.close();
  });

  test("a table sorts by each of its columns and says so, by keyboard", async () => {
    const it = await open(TABLE);
    await reach(it);
    const { page, panel, seen } = it;
    const before = await columns(panel, 1);
    const head = panel.locator("thead th").nth(1);
    await head.locator("button").focus();
    const values = async () => (await columns(panel, 1)).map(([, value]) => Number(value.replace(/,/g, "").replace(/[▲−]/, "-")));
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    const up = await values();
    assert.deepEqual(up, [...up].sort((a, b) => a - b));
    assert.match(await page.locator("p[role=status]").textContent(), /小さい順/);
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    assert.deepEqual(await values(), [...up].reverse());
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), null);
    assert.deepEqual(await columns(panel, 1), before);
    assert.deepEqual(seen.problems, []);
    await it.close();
  });

  test("the name of a row sets its line apart, and lets go of it again", async () => {
    const it = await open(TREND);
    await reach(it);
    const { panel, seen } = it;
    const classes = () => panel.locator(".pa path[class^=k], .pa text[class^=k]").evaluateAll((marks) => marks.map((mark) => mark.getAttribute("class")));
    const before = await classes();
    await panel.locator("summary").click();
    const row = panel.locator("tbody tr:not(.on)").first();
    const name = await row.locator("th").textContent();
    await row.locator("th button").press("Enter");
    assert.equal(await row.locator("th button").getAttribute("aria-pressed"), "true");
    const chosen = await panel.locator(".pa text.kh:visible").allTextContents();
    assert.ok(chosen.length === 1 && chosen[0].startsWith(name), `${chosen} for ${name}`);
    assert.equal(await panel.locator(".pa path.kh:not(.p)").count(), 1);
    await row.locator("th button").press("Enter");
    assert.deepEqual(await classes(), before);
    assert.deepEqual(seen.problems, []);
    await it.close();
  });

  test("a panel alone works within a frame of another page", async () => {
    const alone = PAGES.find((file) => /^data\/.*sample-trend.*\.html$/.test(file));
    // A page of nobody in particular: this site's own policy allows no frames.
    const page = await browser.newPage();
    await page.setContent(`<iframe src="${server.url(alone)}" width="360" height="700" title="x"></iframe>`);
    const frame = page.frameLocator("iframe");
    await frame.locator(".panel .pa svg").first().waitFor();
    const wide = await frame.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
    assert.equal(wide, 0);
    assert.equal(await frame.locator("h1").count(), 1);
    await page.close();
  });
});
