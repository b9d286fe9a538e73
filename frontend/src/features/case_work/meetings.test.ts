import { expect, it } from "vitest";
import { instantOf, instantsOf } from "./meetings";

it("takes the times that are filled in, each once, in order", () => {
  const [early, late] = ["2026-11-24T10:00", "2026-11-26T10:00"];

  expect(instantsOf([late, "", early, early, "morgon"])).toEqual([new Date(early).toISOString(), new Date(late).toISOString()]);
  expect([instantOf(""), instantOf("morgon")]).toEqual([null, null]);
});
