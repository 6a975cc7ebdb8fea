// What `kairan print` makes of the demo's issue, read by Poppler, another hand than the one that wrote it: pages, outline, the
// page numbers of the contents, tags, fonts, dates, links; and whether all texts of the folded sheet fit their panels.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { PROGRAM, launch } from "./browser.js";
import { ROOT } from "./site.js";

const run = promisify(execFile);
const HERE = path.dirname(fileURLToPath(import.meta.url));
const SITE = path.join(HERE, "../..");
const KAIRAN = [process.env.KAIRAN_BIN, "target/release/kairan", "target/debug/kairan"]
  .filter(Boolean)
  .map((program) => path.resolve(SITE, program))
  .find(existsSync);

const A4 = [595, 842];
const A5 = [420, 595];
const EDITIONS = [
  { name: "ja-a5", arguments: ["--paper", "a5"], size: A5, contents: "もくじ", first: "学びの潮が満ちてくる", last: "奥付" },
  { name: "en-a4", arguments: ["--paper", "a4", "--language", "en"], size: A4, contents: "Contents", first: "A tide of learning comes in", last: "Colophon" },
];
const FOLDED = { name: "fold", arguments: ["--fold"] };

let folder;
let browser;

const pdf = (name) => path.join(folder, `${name}.pdf`);

before(async () => {
  assert.ok(KAIRAN, "no program: run cargo build, or set KAIRAN_BIN");
  folder = mkdtempSync(path.join(tmpdir(), "kairan-test-"));
  const wanted = [...EDITIONS, FOLDED, { name: "ja-a5-again", arguments: ["--paper", "a5"] }];
  const print = ({ name, arguments: given }) =>
    run(KAIRAN, ["print", "--root", SITE, "--today", "2026-11-21", "--browser", PROGRAM, "--out", pdf(name), ...given]);
  await Promise.all(wanted.map(print));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (folder) {
    rmSync(folder, { recursive: true });
  }
});

async function told(program, ...given) {
  return (await run(program, given, { maxBuffer: 1 << 26 })).stdout;
}

/** What `pdfinfo` says, by name. */
async function facts(name) {
  const lines = (await told("pdfinfo", "-isodates", pdf(name))).split("\n");
  return Object.fromEntries(lines.map((line) => line.split(/:\s+/)).filter((pair) => pair.length === 2));
}

/** The text of each page. */
async function pages(name) {
  return (await told("pdftotext", pdf(name), "-")).split("\f").slice(0, -1);
}

/** The headings of the outline with their pages. */
async function outline(name) {
  const xml = await told("pdftohtml", "-xml", "-i", "-stdout", "-nodrm", pdf(name));
  const items = [...xml.matchAll(/<item page="(\d+)">([^<]*)<\/item>/g)];
  return items.map(([, page, title]) => ({ page: Number(page), title: title.trim() }));
}

const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "");

for (const edition of EDITIONS) {
  test(`${edition.name}: paper, tags, dates, title`, async () => {
    const found = await facts(edition.name);
    const [width, height] = found["Page size"].match(/[\d.]+/g).map(Number);
    assert.ok(Math.abs(width - edition.size[0]) < 1.5 && Math.abs(height - edition.size[1]) < 1.5, found["Page size"]);
    assert.equal(found.Tagged, "yes");
    assert.match(found.CreationDate, /^2023-07-31T15:00:00Z$|^2023-08-01T00:00:00\+09/);
    assert.match(found.Title, /しおさい|Shiosai/);
  });

  test(`${edition.name}: the contents name the pages on which the articles begin`, async () => {
    const [text, items] = [await pages(edition.name), await outline(edition.name)];
    const contents = items.find(({ title }) => plain(title) === plain(edition.contents));
    assert.ok(contents, items.map(({ title }) => title).join(" / "));
    const numbers = text[contents.page - 1].split("\n").filter((line) => /^\d+$/.test(line.trim())).map(Number);
    // The last number is that of the page itself.
    const named = numbers.slice(0, 8);
    assert.equal(named.length, 8, text[contents.page - 1]);
    const begins = items.map(({ page }) => page);
    for (const number of named) {
      assert.ok(begins.includes(number), `no heading on page ${number}`);
    }
    assert.deepEqual([...named].sort((a, b) => a - b), named);
    assert.ok(plain(text[named[0] - 1]).includes(plain(edition.first)), text[named[0] - 1]);
    assert.equal(plain(items.at(-1).title), plain(edition.last));
    assert.equal(items.at(-1).page, text.length);
  });

  test(`${edition.name}: every page holds something, and says its number`, async () => {
    const text = await pages(edition.name);
    assert.equal(String(text.length), (await facts(edition.name)).Pages);
    assert.ok(text.length > 12 && text.length < 40, `${text.length} pages`);
    text.forEach((page, at) => {
      // Beside the running head and the number.
      assert.ok(plain(page).length > 30, `page ${at + 1} is empty: ${page}`);
      assert.ok(at === 0 || page.split("\n").some((line) => line.trim() === String(at + 1)), `page ${at + 1}: ${page}`);
    });
  });

  test(`${edition.name}: running heads name the issue and the article`, async () => {
    const heads = (await pages(edition.name)).map(plain);
    const issue = edition.name.startsWith("ja") ? plain("しおさい 第1号") : plain("Shiosai, Issue 1");
    assert.ok(heads.filter((page) => page.includes(issue)).length >= 5);
    assert.ok(heads.filter((page) => page.includes(plain(edition.first))).length >= 4);
  });

  test(`${edition.name}: all fonts are in the file, and no link leads to this machine`, async () => {
    const fonts = (await told("pdffonts", pdf(edition.name))).split("\n").slice(2).filter(Boolean);
    assert.ok(fonts.length > 0);
    assert.deepEqual(fonts.filter((line) => !/ yes (yes|no ) (yes|no ) +\d+ +\d+$/.test(line)), []);
    const links = (await told("pdfinfo", "-url", pdf(edition.name))).split("\n").slice(1).filter(Boolean);
    assert.ok(links.some((line) => line.includes("https://kairan.example/")), links.join("\n"));
    assert.deepEqual(links.filter((line) => line.includes("file:")), []);
  });
}

test("the same pages give the same bytes", async () => {
  await run("cmp", [pdf("ja-a5"), pdf("ja-a5-again")]);
});

test("the folded sheet is one sheet that lies", async () => {
  const found = await facts("fold");
  assert.equal(found.Pages, "1");
  assert.match(found["Page size"], /^84[12](\.\d+)? x 59[45]/);
});

test("nothing is cut off on the folded sheet, and its panels are in their places", async () => {
  const page = await browser.newPage({ viewport: { width: 1123, height: 794 } });
  await page.emulateMedia({ media: "print" });
  for (const file of ["issues/01/fold/index.html", "en/issues/01/fold/index.html"]) {
    await page.goto(pathToFileURL(path.join(ROOT, file)).href);
    const panels = await page.$$eval(".f8", (all) => all.map((panel) => {
      const [inner, box] = [panel.firstElementChild, panel.getBoundingClientRect()];
      const turned = getComputedStyle(panel).rotate === "180deg";
      const over = inner.scrollHeight - panel.clientHeight;
      // Drawings that only adorn may run over the edge, and are cut there.
      const told = [...inner.querySelectorAll(":not([aria-hidden=true], [aria-hidden=true] *)")].map((element) => element.getBoundingClientRect())
        .filter(({ width }) => width > 0);
      const wide = Math.max(...told.map(({ left, right }) => Math.max(box.left - left, right - box.right)));
      return { column: Math.round(box.x / box.width), row: Math.round(box.y / box.height), turned, over, wide };
    }));
    const places = panels.map(({ column, row, turned }) => `${row}${column}${turned ? "r" : ""}`);
    assert.deepEqual(places, ["11", "12", "13", "03r", "02r", "01r", "00r", "10"]);
    assert.deepEqual(panels.filter(({ over, wide }) => over > 1 || wide > 1), [], file);
  }
  await page.close();
});
