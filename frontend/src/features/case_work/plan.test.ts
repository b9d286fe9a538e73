import { describe, expect, it } from "vitest";
import { draftOf, moved, nameOf, stateOfStep } from "./plan";
import type { PlanStep } from "./types";

const STEP: PlanStep = {
  id: "1",
  measure: null,
  title: "Ring Noor",
  starts_on: "2026-11-24",
  ends_on: null,
  status: "proposed",
  responsible: "case_worker",
  answer: null,
  answered_at: null,
  version: 3,
  sources: [{ feedback_id: "f", employer_name: "Fjällnät", employer_initials: "F", held_at: "2026-11-20T08:00:00Z" }],
  comments: [],
};

describe("a step of a plan", () => {
  it("is told apart by who has the next word", () => {
    expect(stateOfStep(STEP)).toBe("asked");
    expect(stateOfStep({ ...STEP, answer: "yes" })).toBe("agreed");
    expect(stateOfStep({ ...STEP, answer: "no" })).toBe("refused");
    expect(stateOfStep({ ...STEP, answer: "yes", status: "running" })).toBe("running");
  });

  it("is sent whole, with the version it was read in and what it rests on", () => {
    expect(nameOf(STEP)).toBe("Ring Noor");
    expect(draftOf(STEP)).toEqual({
      measure: null,
      title: "Ring Noor",
      starts_on: "2026-11-24",
      ends_on: null,
      responsible: "case_worker",
      feedback_ids: ["f"],
      status: "proposed",
      version: 3,
    });
  });

  it("moves one place, and stays where there is no place", () => {
    expect(moved(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], "b", 1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b"], "a", -1)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], "b", 1)).toEqual(["a", "b"]);
  });
});
