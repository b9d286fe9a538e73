import { expect, test } from "vitest";
import { firstName, isAddress, shortName } from "./names";

test("a first name is what stands before the first space", () => {
  expect([" Leila  Påhittsdotter ", "Leila", "", null].map(firstName)).toEqual(["Leila", "Leila", "", ""]);
});

test("a short name leaves out what stands in brackets at its end, and only there", () => {
  const names = ["Molnverket (exempel)", "Granit (Norr) AB", "Fjällnät AB (publ)", "(exempel)", undefined];

  expect(names.map(shortName)).toEqual(["Molnverket", "Granit (Norr) AB", "Fjällnät AB", "(exempel)", ""]);
});

test("an address has something before and after the sign, and a dot behind it", () => {
  expect([" leila@post.example ", "leila@post", "leila post.example", ""].map(isAddress)).toEqual([true, false, false, false]);
});
