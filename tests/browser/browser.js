// Chromium, and what several tests ask of a page.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PROGRAMS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// Chromium's own calls home would only be noise here.
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The Chromium of this machine. */
export const PROGRAM = PROGRAMS.find((program) => program && existsSync(program));
// A busy machine is no fault of a page's: milliseconds.
const PATIENCE = 120_000;

/** A headless Chromium. */
export async function launch() {
  const executablePath = PROGRAM;
  if (!executablePath) {
    throw new Error("no Chromium: tests/all installs it, or set CHROMIUM to the program");
  }
  // Chromium's sandbox does not start for root, as which tests run in containers.
  const browser = await chromium.launch({ executablePath, args: QUIET, chromiumSandbox: process.getuid?.() !== 0 });
  for (const make of ["newContext", "newPage"]) {
    const original = browser[make].bind(browser);
    browser[make] = async (options) => {
      const made = await original(options);
      made.setDefaultTimeout(PATIENCE);
      return made;
    };
  }
  return browser;
}

/** Calls `work` for each item, a few at a time. */
export async function inParallel(items, work, workers = 3) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

/**
 * Collects what goes wrong while `page` works: requests to other hosts, requests that fail, errors and warnings on the
 * console (violations of the Content-Security-Policy are among these), exceptions.
 */
export function observe(page, origin) {
  const seen = { problems: [] };
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:")) {
      seen.problems.push(`asks another host: ${url}`);
    }
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // What is still on its way when the page is left: the test's doing. What is missing has a status.
    if (why !== "net::ERR_ABORTED") {
      seen.problems.push(`request failed: ${request.url()} (${why})`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && response.url() !== page.url()) {
      seen.problems.push(`status ${response.status()}: ${response.url()}`);
    }
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      seen.problems.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => seen.problems.push(`exception: ${error.message}`));
  return seen;
}

/** What `page` scrolls sideways, or null: the number of pixels and the elements that stick out. */
export function sidewaysScroll(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const extra = root.scrollWidth - root.clientWidth;
    if (extra <= 0) {
      return null;
    }
    const clipped = (element) => {
      for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflowX !== "visible") {
          return true;
        }
      }
      return false;
    };
    const out = [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !clipped(element))
      .slice(0, 4)
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}">`);
    return `${extra} px: ${out.join(", ")}`;
  });
}

/** Joins findings into one readable failure; empty where there are none. */
export function report(findings, most = 40) {
  const more = findings.length > most ? `\n… and ${findings.length - most} more` : "";
  return findings.slice(0, most).join("\n") + more;
}
