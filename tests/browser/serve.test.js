// `kairan serve` as a writer sees it: a save shows in the open tab, where it was scrolled to; problems appear over the
// page and go; all of it under the page's own Content-Security-Policy.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch, observe } from "./browser.js";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PROGRAM = path.resolve(process.env.KAIRAN ?? path.join(HERE, "../../target/debug/kairan"));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ABOUT = "content/about.md";
const PARAGRAPHS = Array.from({ length: 60 }, (_, number) => `第${number}段落の文です。`);
const PANEL = (label) => `\`\`\`panel
kind: kpi
id: count
title: 研修医の数（${label}）
items:
  - {value: "trainees[mihon, 2025]", label: ${label}}
  - {value: "trainees[mihon]", label: 最新}
\`\`\``;

let folder;
let server;
let address;
let browser;
let page;
let seen;

const write = (file, text) => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};
const about = (middle) => `---\ntitle: この便りについて\ndescription: 見本\n---\n${[...PARAGRAPHS.slice(0, 30), middle, ...PARAGRAPHS.slice(30)].join("\n\n")}\n`;
const overlay = () => page.getByRole("region", { name: "サイトの問題" });

/** Starts the server, and waits until it says where it is. */
function serve() {
  const process = spawn(PROGRAM, ["serve", "--port", "0", "--lang", "ja"], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    process.stderr.on("data", (data) => {
      said += data;
      const found = said.match(/表示中: (http:\S+)/);
      if (found) {
        resolve([process, found[1]]);
      }
    });
    process.on("exit", () => reject(new Error(said)));
  });
}

describe("a site that is being written", () => {
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "kairan-serve-"));
    const made = spawnSync(PROGRAM, ["new", "."], { cwd: folder });
    assert.equal(made.status, 0, String(made.stderr));
    write(ABOUT, about("はじめの文。"));
    write("static/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>');
    [server, address] = await serve();
    browser = await launch();
    const context = await browser.newContext({ locale: "ja-JP", viewport: { width: 1000, height: 700 }, reducedMotion: "no-preference" });
    await context.addInitScript(() => {
      globalThis.born = Math.random();
      globalThis.violations = [];
      // What is pointed at fades within two seconds: written down, for a busy machine looks later.
      globalThis.pointed = [];
      const animate = Element.prototype.animate;
      Element.prototype.animate = function (frames, timing) {
        globalThis.pointed.push({ id: this.id, text: this.textContent, easing: timing.easing });
        return animate.call(this, frames, timing);
      };
      document.addEventListener("securitypolicyviolation", (event) => globalThis.violations.push(event.violatedDirective));
    });
    page = await context.newPage();
    seen = observe(page, new URL(address).origin);
    await page.goto(`${address}about/`);
  });

  after(async () => {
    await browser?.close();
    server?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  test("an edit is shown where the page was scrolled to, and pointed at", async () => {
    await page.evaluate(() => scrollTo(0, 1600));
    const born = await page.evaluate(() => globalThis.born);
    write(ABOUT, about("直した文。"));
    const mended = page.locator("main p", { hasText: "直した文。" });
    await mended.waitFor();
    assert.notEqual(await page.evaluate(() => globalThis.born), born, "it was reloaded");
    await page.waitForFunction(() => scrollY === 1600);
    await page.waitForFunction(() => globalThis.pointed.length > 0);
    assert.deepEqual(await page.evaluate(() => globalThis.pointed.map(({ text }) => text)), ["直した文。"]);
  });

  test("what was changed out of sight is pointed at when it comes into sight, and a panel as a whole", async () => {
    write(ABOUT, about(PANEL("人")));
    await page.locator("figure#count").waitFor();
    await page.evaluate(() => scrollTo(0, 0));
    write(ABOUT, about(PANEL("名")));
    await page.locator("figure#count", { hasText: "名" }).first().waitFor();
    await page.evaluate(() => document.querySelector("figure#count").scrollIntoView());
    await page.waitForFunction(() => globalThis.pointed.some(({ id }) => id === "count"));
  });

  test("a style sheet changes without a reload", async () => {
    const born = await page.evaluate(() => globalThis.born);
    const style = readFileSync(path.join(HERE, "../../themes/zine/static/zine.css"), "utf8");
    write("themes/zine/static/zine.css", `${style}\nmain { border-top: 7px solid rgb(1, 2, 3); }\n`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).borderTopWidth === "7px");
    assert.equal(await page.evaluate(() => globalThis.born), born, "it was not reloaded");
    assert.equal(await page.locator("link[rel=stylesheet][href*=zine]").count(), 1, "the old sheet is gone");
  });

  test("a picture changes without a reload", async () => {
    write(ABOUT, about("![点](/dot.svg)"));
    await page.locator("main img[alt=点]").waitFor();
    const born = await page.evaluate(() => globalThis.born);
    write("static/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle r="4" cx="4" cy="4"/></svg>');
    await page.waitForFunction(() => document.querySelector("main img[alt=点]").src.includes("?"));
    assert.equal(await page.evaluate(() => globalThis.born), born, "it was not reloaded");
  });

  test("a page that changed elsewhere is named", async () => {
    const file = path.join(folder, "content/news/2026-04-01-first.md");
    write("content/news/2026-04-01-first.md", `${readFileSync(file, "utf8")}\n増えた文。\n`);
    const link = page.getByRole("status").getByRole("link", { name: /news\// }).first();
    await link.waitFor();
    assert.match(await link.getAttribute("href"), /^\/health-letter\/news\//);
    await page.getByRole("button", { name: "閉じる（Esc）" }).click();
    assert.equal(await link.count(), 0);
  });

  test("a mistake appears over the page with its line, and goes when it is mended", async () => {
    write(ABOUT, about("直した文。").replace("description", "descripton"));
    await overlay().waitFor();
    const text = await overlay().innerText();
    for (const part of ["エラー 1", "content/about.md:3:1", "3 | descripton: 見本", "description", "直るまで"]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    assert.equal(await overlay().locator("mark").innerText(), "descripton");
    assert.ok(await page.locator("main img[alt=点]").isVisible(), "the last good page stays underneath");
    await page.evaluate(AXE);
    const violations = await page.evaluate(async () => (await globalThis.axe.run("kairan-serve")).violations.map(({ id }) => id));
    assert.deepEqual(violations, []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "no sideways scrolling");

    await page.keyboard.press("Escape");
    assert.ok(await overlay().isHidden());
    const chip = page.getByRole("button", { name: "エラー 1" });
    await chip.focus();
    await page.keyboard.press("Enter");
    assert.ok(await overlay().isVisible());
    const close = page.getByRole("button", { name: "閉じる（Esc）" });
    assert.ok(await close.evaluate((button) => button.getRootNode().activeElement === button), "the focus goes along");

    write(ABOUT, about("直した文。"));
    await page.locator("main p", { hasText: "直した文。" }).waitFor();
    assert.equal(await overlay().count(), 0);
  });

  test("nobody who wants no motion sees any fade", async () => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    write(ABOUT, about("動かない文。"));
    await page.locator("main p", { hasText: "動かない文。" }).waitFor();
    await page.locator("main p", { hasText: "動かない文。" }).scrollIntoViewIfNeeded();
    await page.waitForFunction(() => globalThis.pointed.length > 0);
    const easings = await page.evaluate(() => globalThis.pointed.map(({ easing }) => easing));
    assert.deepEqual(easings.filter((easing) => !/^step/.test(easing)), []);
  });

  test("the policy of the pages is kept, and no other host asked", async () => {
    assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
    assert.deepEqual(seen.problems, []);
  });
});
