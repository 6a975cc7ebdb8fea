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

/** Serves the site at `mount` (`/` or `/some/where/`). What is missing gets 404.html, as on GitHub Pages. */
export async function serve(mount = "/") {
  const server = createServer((request, response) => {
    const file = fileAt(request.url, mount);
    const answer = file ?? "404.html";
    response.writeHead(file ? 200 : 404, { "content-type": TYPES[path.extname(answer)] ?? "application/octet-stream" });
    response.end(readFileSync(path.join(ROOT, answer)));
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
