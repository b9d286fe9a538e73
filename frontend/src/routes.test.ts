import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import sv from "../messages/sv.json";
import { type Area, areaOf } from "./lib/areas";
import { findRoute, hasPage, ROUTES } from "./routes";

const SRC = import.meta.dirname;
const keys = Object.keys(sv);

/** Every file a page reaches by static import, itself included. */
function filesOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, target = ""] of readFileSync(file, "utf8").matchAll(/from\s+"(\.[^"]+)"/g)) {
    const base = resolve(dirname(file), target);
    const found = [base, `${base}.ts`, `${base}/index.ts`].find((path) => /\.(ts|svelte)$/.test(path) && existsSync(path));
    if (found) filesOf(found, seen);
  }
  return seen;
}

/** Keys that a file may show: written out, or begun in a template such as `state.${kind}_title`. */
function keysOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const whole = [...text.matchAll(/"([a-z_]+\.[a-zA-Z0-9_]+)"/g)].map(([, key = ""]) => key).filter((key) => key in sv);
  const begun = [...text.matchAll(/`([a-z_]+\.[a-zA-Z0-9_]*)\$\{/g)].flatMap(([, start = ""]) =>
    keys.filter((key) => key.startsWith(start)),
  );
  return [...whole, ...begun];
}

describe("every route", () => {
  test.each(ROUTES.map((route) => [route.pattern, route] as const))("%s has its page", (_pattern, route) => {
    expect(hasPage(route.page)).toBe(true);
  });

  test.each(ROUTES.filter((route) => hasPage(route.page)).map((route) => [route.pattern, route] as const))(
    "%s loads the words it shows",
    (_pattern, route) => {
      const loaded = new Set<Area>(["core", ...route.areas]);
      const shown = [...filesOf(resolve(SRC, `features/${route.page}.svelte`))].flatMap(keysOf);

      expect([...new Set(shown)].filter((key) => !loaded.has(areaOf(key)))).toEqual([]);
    },
  );
});

test("an address is matched with its parameters, and any other is the page for what is missing", () => {
  expect(findRoute("/meeting/7").route.page).toBe("meeting/MeetingPage");
  expect(findRoute("/meeting/7").params).toEqual({ id: "7" });
  expect(findRoute("/events/new").route.page).toBe("staff/NewEventPage");
  expect(findRoute("/no/such").route.page).toBe("state/MissingPage");
});
