import { expect, test } from "vitest";
import { inOrder, type ChipOrder } from "./chip_order";
import type { Instrument, Question } from "./types";

const text = { sv: "x", en: "x" };
const question = (...codes: string[]): Question => ({
  code: "worked",
  number: 6,
  title: text,
  least: 0,
  most: 2,
  choices: codes.map((code) => ({ code, text })),
});
const PACK = { code: "it", version: 1, worked: question("a", "b", "c"), do_next: question("d", "e"), enabling: question("f") } as Instrument;
const ORDER: ChipOrder = { code: "it", version: 1, worked: ["c", "a"], do_next: ["e", "d"], enabling: [] };
const codes = (one: Question): string[] => one.choices.map(({ code }) => code);

test("what the desk uses most comes first, and nothing is left out", () => {
  const shown = inOrder(PACK, ORDER);

  expect([codes(shown.worked), codes(shown.do_next), codes(shown.enabling)]).toEqual([["c", "a", "b"], ["e", "d"], ["f"]]);
});

test("an order of another version says nothing", () => {
  expect(inOrder(PACK, { ...ORDER, version: 2 })).toBe(PACK);
});
