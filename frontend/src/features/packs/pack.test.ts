import { expect, test } from "vitest";
import { newCode, placeInWords } from "./pack";
import { loadWords, startWords } from "../../lib/i18n.svelte";

test("a place is said from the outside in", async () => {
  await startWords();
  await loadWords("staff");

  expect(placeInWords("do_next.choices[practise_sql].practise.en")).toBe(
    "frågan om nästa uppgift, valen, ”practise_sql”, så övar man, på engelska",
  );
  expect(placeInWords("items[#2].title")).toBe("det som skattas, nummer 2, rubriken");
});

test("a new phrase gets a code of its own", () => {
  expect(newCode([{ code: "a" }, { code: "phrase_3" }])).toBe("phrase_4");
});
