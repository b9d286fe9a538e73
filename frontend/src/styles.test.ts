import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const FEATURES = join(import.meta.dirname, "features");

/** The classes that a stylesheet gives looks of their own, wherever they stand on a page. */
function dressed(file: string): string[] {
  const rules = readFileSync(file, "utf8").replace(/\/\*[^]*?\*\//g, "").replace(/@[^{;]*\{/g, "");
  const selectors = [...rules.matchAll(/([^{}]+)\{/g)].flatMap(([, list = ""]) => list.split(","));
  return selectors.flatMap((selector) => /^\.([\w-]+)(\[[^\]]*\]|:[\w-]+)*$/.exec(selector.trim())?.[1] ?? []);
}

test("a class belongs to one room, since what one page has loaded stays while the next is shown", () => {
  const rooms = new Map<string, Set<string>>();
  for (const file of readdirSync(FEATURES, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css"))) {
    const room = file.split(/[/\\]/, 1)[0] ?? "";
    for (const name of dressed(join(FEATURES, file))) rooms.set(name, (rooms.get(name) ?? new Set()).add(room));
  }

  expect(rooms.size).toBeGreaterThan(500);
  expect([...rooms].filter(([, found]) => found.size > 1).map(([name, found]) => [name, ...found])).toEqual([]);
});
