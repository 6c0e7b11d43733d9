// A static server on the loopback address and a free port.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".json": "application/json",
  ".pdf": "application/pdf",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

// What a strict host would send: pages must work under it.
const POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** Serves the folder; gives `origin` and `close`. */
export async function serve(folder) {
  const server = createServer((request, response) => answer(folder, request, response));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function answer(folder, request, response) {
  try {
    let path = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname)));
    if ((await stat(path)).isDirectory()) path = join(path, "index.html");
    await stat(path);
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-security-policy": POLICY });
    createReadStream(path).pipe(response);
  } catch {
    // A browser asks for an icon by itself; that a site has none is no problem of its pages.
    response.writeHead(request.url === "/favicon.ico" ? 204 : 404).end();
  }
}
