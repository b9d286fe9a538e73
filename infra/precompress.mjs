// Packs the built web app once, so that the server never compresses while somebody waits.
// Usage: node precompress.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const SUFFIXES = /\.(js|css|html|svg|json|webmanifest|txt)$/;
const SMALLEST_BYTES = 512;

for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath ?? entry.path, entry.name);
  if (!entry.isFile() || !SUFFIXES.test(entry.name)) continue;
  const content = readFileSync(path);
  if (content.length < SMALLEST_BYTES) continue;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  writeFileSync(`${path}.br`, brotliCompressSync(content, quality));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
