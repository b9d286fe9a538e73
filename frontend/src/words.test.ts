import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import sv from "../messages/sv.json";

const SOURCES = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(svelte|ts)$/.test(name) && !/\.test\.ts$|openapi\.d\.ts$/.test(name))
  .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"))
  .join("\n");
const WRITTEN = new Set([...SOURCES.matchAll(/"([a-z_]+\.[\w.]+)"/g)].map(([, key]) => key));
/** Keys put together from parts, such as `state.${kind}_title`: how they begin and end. */
const PARTED = [...SOURCES.matchAll(/`([a-z_]+\.[\w.]*)\$\{[^`]*?\}([\w.]*)`/g)].map(([, start = "", end = ""]) => ({ start, end }));

test("no text is left of what nothing shows any more", () => {
  const isShown = (key: string) =>
    WRITTEN.has(key) || PARTED.some(({ start, end }) => key.startsWith(start) && key.endsWith(end));

  expect(Object.keys(sv).filter((key) => !isShown(key))).toEqual([]);
});
