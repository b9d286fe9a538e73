import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { partOf } from "./messages";

function catalogue(locale: string): Record<string, string> {
  const file = resolve(import.meta.dirname, `../messages/${locale}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
}

function argumentsOf(text: string): string[] {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const node = value as { type?: number; value?: unknown };
      if (typeof node.type === "number" && node.type >= 1 && node.type <= 6) names.add(String(node.value));
      Object.values(value).forEach(visit);
    }
  };
  visit(parse(text));
  return [...names].sort();
}

const sv = catalogue("sv");
const en = catalogue("en");

describe("the catalogues", () => {
  test("have the same keys, sorted", () => {
    expect(Object.keys(en)).toEqual(Object.keys(sv));
    expect(Object.keys(sv)).toEqual([...Object.keys(sv)].sort());
  });

  test("name the same values in both languages", () => {
    const different = Object.keys(sv).filter(
      (key) => argumentsOf(sv[key] ?? "").join() !== argumentsOf(en[key] ?? "").join(),
    );

    expect(different).toEqual([]);
  });

  test("leave no text empty", () => {
    expect([...Object.entries(sv), ...Object.entries(en)].filter(([, text]) => !text.trim())).toEqual([]);
  });
});

test("a part holds its own area only, with ICU messages parsed", () => {
  const part = partOf({ "common.plain": "Ja", "common.name": "Hej {name}", "desk.title": "Bord" }, "core");

  expect(Object.keys(part)).toEqual(["common.plain", "common.name"]);
  expect(part["common.plain"]).toBe("Ja");
  expect(Array.isArray(part["common.name"])).toBe(true);
});
