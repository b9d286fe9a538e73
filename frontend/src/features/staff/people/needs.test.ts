import { describe, expect, it } from "vitest";
import { codesOf, kindOf, needsOf } from "./needs";

describe("scheduling needs", () => {
  it("are written as codes that are read as the same needs", () => {
    const needs = { extra_time: true, accessible_station: false, interpreter: "language:ar" };

    expect(codesOf(needs)).toBe("extra_time, interpreter:language:ar");
    expect(needsOf(codesOf(needs).split(", "))).toEqual(needs);
  });

  it("are a plain no where there are none: an empty text would mean that nothing was typed", () => {
    expect(codesOf({ extra_time: false, accessible_station: false, interpreter: null })).toBe("inga");
  });

  it("know which choice an interpreter is", () => {
    expect(kindOf(null)).toBe("");
    expect(kindOf("sign_language")).toBe("sign_language");
    expect(kindOf("language:ar")).toBe("language:ar");
    expect([kindOf("language:xx"), kindOf("skrivtolk")]).toEqual(["other", "other"]);
  });
});
