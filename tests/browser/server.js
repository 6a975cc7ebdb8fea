// A static file server on this machine alone, as plain as the ones that will publish the site.

import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import path from "node:path";

import { ROOT, fileAt } from "./site.js";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
};

// A slow page: bytes of a piece, and milliseconds between two, in which a browser shows what it has.
const PIECE = 1500;
const PAUSE = 60;

/**
 * Serves the site at `mount` (`/` or `/some/where/`). What is missing gets 404.html, as on GitHub Pages. With `slowly`, a
 * page comes as over a poor connection: its head and header at once, what follows in pieces.
 */
export async function serve(mount = "/", { slowly = false } = {}) {
  const server = createServer(async (request, response) => {
    const file = fileAt(request.url, mount);
    const answer = file ?? "404.html";
    response.writeHead(file ? 200 : 404, { "content-type": TYPES[path.extname(answer)] ?? "application/octet-stream" });
    for (const piece of pieces(readFileSync(path.join(ROOT, answer)), slowly && answer.endsWith(".html"))) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, slowly ? PAUSE : 0));
    }
    response.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    mount,
    /** The address of one file of the site. */
    url: (file) => origin + mount + file.split("/").map(encodeURIComponent).join("/"),
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}

/** A page as it comes: whole, or up to its content and then piece by piece. */
function pieces(bytes, slowly) {
  if (!slowly) {
    return [bytes];
  }
  const start = Math.max(bytes.indexOf("<main"), 0);
  const count = Math.ceil((bytes.length - start) / PIECE);
  const rest = Array.from({ length: count }, (_, at) => bytes.subarray(start + at * PIECE, start + (at + 1) * PIECE));
  return [bytes.subarray(0, start), ...rest];
}
