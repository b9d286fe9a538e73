import { beforeAll, expect, test } from "vitest";
import { loadWords, oneDecimal, setLocale } from "../../lib/i18n.svelte";
import type { ProfileItem } from "../../lib/types";
import { awaited, bandInWords } from "./places";

beforeAll(async () => {
  await loadWords("seeker");
  await setLocale("sv");
});

const place = { meetings: 6, now: { low: 3.114, high: 4.29 }, first: { low: 2.35, high: 3.87 }, direction: "up" } as const;

test("a band is said from end to end, now and after the first three", () => {
  expect(bandInWords(place)).toBe(
    "Troligt läge efter 6 bedömningar: mellan 3,1 och 4,3 av 5. Efter de tre första: mellan 2,4 och 3,9.",
  );
  expect(bandInWords({ ...place, first: null })).not.toContain("tre första");
});

test("a number has one decimal, also a whole one", () => {
  expect(oneDecimal(4)).toBe("4,0");
});

test("what a missing band waits for is said, with how many meetings are left", () => {
  const item = { awaits: "ratings", ratings_left: 2 } as ProfileItem;
  expect(awaited(item)).toBe("2 möten till innan ett band kan visas.");
  expect(awaited({ ...item, ratings_left: 1 })).toBe("Ett möte till innan ett band kan visas.");
  expect(awaited({ ...item, awaits: "grounds" })).toContain("för lite att jämföra med");
  expect(awaited({ ...item, awaits: null })).toBe("");
});
