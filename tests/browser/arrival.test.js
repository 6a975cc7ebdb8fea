// Pages that come slowly, piece by piece: what is read must stay where it is while the rest arrives.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inParallel, launch, report } from "./browser.js";
import { serve } from "./server.js";
import { BASE, samples } from "./site.js";

// Half of what Web Vitals call good (web.dev/articles/cls): a table may still find its columns while its rows come.
const LIMIT = 0.05;

test("nothing shifts while a page comes in pieces on a phone", async () => {
  const browser = await launch();
  const server = await serve(new URL(BASE).pathname, { slowly: true });
  const found = [];
  try {
    await inParallel(samples(), async ({ file }) => {
      const context = await browser.newContext({ viewport: { width: 412, height: 823 }, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.goto(server.url(file), { waitUntil: "load" });
      const shifts = await page.evaluate(layoutShifts);
      const sum = shifts.reduce((sum, { value }) => sum + value, 0);
      if (sum > LIMIT) {
        found.push(`${file}: shifts by ${sum.toFixed(3)}: ${shifts.map(({ what }) => what).join(", ")}`);
      }
      await context.close();
    }, 4);
  } finally {
    await browser.close();
    await server.close();
  }
  assert.equal(report(found.sort()), "");
});

/** Runs in the page: by how much the layout shifted so far, and what moved. */
function layoutShifts() {
  const nameOf = ({ node }) => {
    const element = node?.nodeType === 3 ? node.parentElement : node;
    return element ? `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}">` : "something that is gone";
  };
  return new Promise((resolve) => {
    const none = setTimeout(() => resolve([]), 100);
    new PerformanceObserver((list) => {
      clearTimeout(none);
      resolve(list.getEntries().map(({ value, sources }) => ({ value, what: sources.map(nameOf).join(" ") })));
    }).observe({ type: "layout-shift", buffered: true });
  });
}
