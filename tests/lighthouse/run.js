// What Lighthouse says of one page of each kind, in both languages, on a phone: 100 in accessibility, best practices and
// search, and no shift of the layout. How fast a page is depends on the machine, so that is printed and no more.
//
//   node run.js [page …]

import { existsSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { serve } from "../browser/server.js";
import { BASE } from "../browser/site.js";

const PAGES = ["index.html", "features/2023-summer-study/index.html", "reports/kumamoto/index.html", "recruit/haematology/index.html", "hospitals/sample-shiosai/index.html"];
const PROGRAMS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const QUIET = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const PERFECT = ["accessibility", "best-practices", "seo"];

const chosen = process.argv.slice(2);
const files = chosen.length > 0 ? chosen : PAGES.flatMap((file) => [file, `en/${file}`]);
const server = await serve(new URL(BASE).pathname);
const chrome = await launch({ chromePath: PROGRAMS.find((program) => program && existsSync(program)), chromeFlags: QUIET });
const faults = [];
for (const file of files) {
  const { lhr } = await lighthouse(server.url(file), { port: chrome.port, logLevel: "error" });
  const score = (id) => Math.round(lhr.categories[id].score * 100);
  const shift = lhr.audits["cumulative-layout-shift"].numericValue;
  console.log(`${file}: performance ${score("performance")}, ${PERFECT.map((id) => `${id} ${score(id)}`).join(", ")}, layout shift ${shift}, ${lhr.audits["total-byte-weight"].numericValue} bytes`);
  for (const id of PERFECT.filter((id) => score(id) < 100)) {
    const missed = lhr.categories[id].auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1);
    faults.push(`${file}: ${missed.map(({ id }) => id).join(", ")}`);
  }
  faults.push(...(shift > 0 ? [`${file}: the layout shifts by ${shift}`] : []));
}
await chrome.kill();
await server.close();
console.log(faults.join("\n"));
process.exitCode = faults.length > 0 ? 1 : 0;
