// One page of each template, in each language and theme: what costs more time than every page can be given.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";

import { launch, observe, report } from "./browser.js";
import { serve } from "./server.js";
import { BASE, samples } from "./site.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCHEMES = ["light", "dark"];
const WIDTHS = [360, 1280];
const SAMPLES = samples();

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

/** Opens one page in a browser context of its own. */
async function open(file, { width = 1280, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const observed = observe(page, server.origin);
  await page.goto(server.url(file), { waitUntil: "load" });
  return { page, observed, close: () => context.close() };
}

test("every template is there in both languages", () => {
  const languages = new Map();
  for (const { theme, template, language } of SAMPLES) {
    const key = `${theme}/${template}`;
    languages.set(key, [...(languages.get(key) ?? []), language]);
  }
  console.log([...languages].map(([key, list]) => `${key}: ${list.join(", ")}`).join("\n"));
  assert.ok(languages.size >= 6, `only ${languages.size} templates: ${[...languages.keys()].join(", ")}`);
  const alone = [...languages].filter(([key, list]) => !key.includes("404") && !(list.includes("ja") && list.includes("en")));
  assert.equal(report(alone.map(([key, list]) => `${key}: only ${list.join(", ")}`)), "");
});

describe("axe finds nothing", { concurrency: 3 }, () => {
  for (const sample of SAMPLES) {
    for (const scheme of SCHEMES) {
      test(`${sample.file}, ${scheme}`, async () => {
        const { page, close } = await open(sample.file, { colorScheme: scheme });
        const findings = [];
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          // What a reader opens must hold too: tables below the graphics.
          await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
          // Given as a program to the debugger, not as a script to the page: the page's policy stays in force.
          await page.evaluate(AXE);
          const violations = await page.evaluate((rules) => globalThis.axe
            .run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] })
            .then((result) => result.violations.map((violation) => ({
              id: violation.id,
              nodes: violation.nodes.slice(0, 4).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`),
            }))), RULES);
          findings.push(...violations.map(({ id, nodes }) => `${width} px, ${id}:\n    ${nodes.join("\n    ")}`));
        }
        await close();
        assert.equal(report(findings), "");
      });
    }
  }
});

describe("by keyboard alone", { concurrency: 3 }, () => {
  for (const sample of SAMPLES) {
    test(sample.file, async () => {
      const { page, close } = await open(sample.file);
      const all = await page.evaluate(focusable);
      const first = await tab(page);
      // A panel alone stands in a frame and has no navigation to skip.
      if (await page.evaluate(() => document.querySelector("nav") !== null)) {
        assert.ok(first?.href?.startsWith("#"), `the first stop is no skip link: ${JSON.stringify(first)}`);
      }
      assert.ok(first.visible, "what has the focus first can't be seen");
      const reached = new Set([first.index]);
      const hidden = [first].filter((stop) => !stop.marked).map((stop) => stop.name);
      for (let stops = 0; stops < all.length + 5; stops += 1) {
        const stop = await tab(page);
        if (!stop || reached.has(stop.index)) {
          break;
        }
        reached.add(stop.index);
        if (!stop.marked || !stop.visible) {
          hidden.push(stop.name);
        }
      }
      assert.equal(report(hidden.map((name) => `focus can't be seen: ${name}`)), "");
      const missed = all.filter(({ index }) => !reached.has(index)).map(({ name }) => `can't be reached: ${name}`);
      assert.equal(report(missed), "");
      await close();
    });

    test(`${sample.file}: the skip link skips`, async () => {
      const { page, close } = await open(sample.file, { width: 360 });
      if (await page.evaluate(() => document.querySelector("nav") === null)) {
        await close();
        return;
      }
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const target = await page.evaluate(() => document.querySelector(":target")?.closest("main, [role=main]") !== null
        && document.querySelector(":target") !== null);
      assert.ok(target, "the skip link does not lead into main");
      const next = await tab(page);
      const within = await page.evaluate(() => {
        const active = document.activeElement;
        const navigation = document.querySelector("header nav");
        return active === document.body || !navigation?.contains(active);
      });
      assert.ok(within, `the next stop is still in the navigation: ${JSON.stringify(next)}`);
      await close();
    });
  }
});

/** Presses Tab; says where the focus is then, and whether it can be seen. Null at the end of the page. */
async function tab(page) {
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) {
      return null;
    }
    const look = (node) => {
      const style = getComputedStyle(node);
      return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor,
        style.borderBottomColor, style.textDecorationThickness].join("|");
    };
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const focused = look(element);
    element.blur();
    const differs = look(element) !== focused;
    element.focus({ preventScroll: true, focusVisible: true });
    const box = element.getBoundingClientRect();
    return {
      // A script may add elements on the way, so they are told by number and not by place.
      index: element.stop ??= `new ${globalThis.stops = (globalThis.stops ?? 0) + 1}`,
      name: `<${element.tagName.toLowerCase()}> ${element.textContent.trim().slice(0, 40)}`,
      href: element.getAttribute("href"),
      marked: outlined || differs,
      visible: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });
}

/** Runs in the page: everything that a keyboard must reach. */
function focusable() {
  return [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
      && element.getAttribute("tabindex") !== "-1" && element.closest("[inert]") === null)
    .map((element, index) => ({
      index: element.stop = index,
      name: `<${element.tagName.toLowerCase()}> ${element.textContent.trim().slice(0, 40)} ${element.getAttribute("href") ?? ""}`,
    }));
}

describe("without JavaScript", { concurrency: 3 }, () => {
  for (const sample of SAMPLES) {
    test(sample.file, async () => {
      const [scripted, plain] = [await open(sample.file), await open(sample.file, { javaScriptEnabled: false })];
      const text = (page) => page.evaluate(() => {
        // Controls do nothing without the script, so they and what they announce come with it.
        document.querySelectorAll("form, [role=status]").forEach((control) => control.remove());
        return document.body.innerText;
      });
      const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
      const without = new Set(lines(await text(plain.page)));
      const missing = lines(await text(scripted.page)).filter((line) => !without.has(line));
      await Promise.all([scripted.close(), plain.close()]);
      assert.ok(without.size > 3, "nothing to read");
      assert.equal(report(missing.map((line) => `only with JavaScript: ${line}`)), "");
    });
  }
});

describe("on paper", { concurrency: 3 }, () => {
  for (const sample of SAMPLES.filter(({ template }) => !template.includes("404"))) {
    test(sample.file, async () => {
      // A dark screen must not print dark paper.
      const { page, close } = await open(sample.file, { colorScheme: "dark" });
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const facts = await page.evaluate(() => {
        const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
        const light = (color) => {
          const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
          return a === 0 || (r + g + b) / 3 > 200;
        };
        return {
          // Lists of figures and of tables belong to a report, on paper too.
          navigation: [...document.querySelectorAll("nav:not(.lof)")].filter(shown)
            .map((element) => element.getAttribute("aria-label") ?? element.className),
          heading: shown(document.querySelector("h1")),
          paper: [document.documentElement, document.body].every((element) => light(getComputedStyle(element).backgroundColor)),
        };
      });
      await close();
      assert.deepEqual(facts.navigation, [], "navigation is printed");
      assert.ok(facts.heading, "the heading is not printed");
      assert.ok(facts.paper, "the paper is dark");
    });
  }
});

describe("in a narrow window with large text", { concurrency: 3 }, () => {
  for (const sample of SAMPLES) {
    test(sample.file, async () => {
      const { page, close } = await open(sample.file, { width: 640 });
      // Twice as large text, as WCAG 1.4.4 asks: nothing may be cut off or stick out.
      const extra = await page.evaluate(() => {
        document.documentElement.classList.add("twice");
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(":root { font-size: 200% !important }");
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        return document.documentElement.scrollWidth - document.documentElement.clientWidth;
      });
      await close();
      assert.ok(extra <= 0, `scrolls sideways by ${extra} px`);
    });
  }
});
