import { expect, test } from "vitest";
import { find, isSame } from "./search";
import type { Known } from "./types";

const KNOWN: Known[] = [
  { code: "test_automation", text: { sv: "Testautomatisering", en: "Test automation" } },
  { code: "unit_testing", text: { sv: "Enhetstestning", en: "Unit testing" } },
  { code: "manual_testing", text: { sv: "Manuell testning", en: "Manual testing" } },
  { code: "problem_solving", text: { sv: "Problemlösning", en: "Problem solving" } },
];

test("what begins so comes before what holds a word that does, and that before the rest", () => {
  expect(find(KNOWN, "test").map((one) => one.code)).toEqual(["test_automation", "unit_testing", "manual_testing"]);
});

test("accents and letter case do not count, in either language", () => {
  expect(find(KNOWN, "PROBLEMLOS").map((one) => one.code)).toEqual(["problem_solving"]);
  expect(find(KNOWN, "solving").map((one) => one.code)).toEqual(["problem_solving"]);
  expect(isSame("Problemlösning", " problemlosning")).toBe(true);
  expect(isSame("SQL", "NoSQL")).toBe(false);
});

test("nothing is found before two letters", () => {
  expect(find(KNOWN, "t")).toEqual([]);
});
