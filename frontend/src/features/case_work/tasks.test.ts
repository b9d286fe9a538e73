import { describe, expect, it } from "vitest";
import { isMine, pathOf, shown, stateOf, urgent, week } from "./tasks";
import type { CaseTask } from "./types";

function task(change: Partial<CaseTask>): CaseTask {
  return {
    key: "own:1",
    kind: "own",
    seeker_id: "leila",
    when: "week",
    due_on: "2026-11-26",
    days_late: 0,
    since: "2026-11-20T08:00:00Z",
    title: "Ring",
    need: null,
    employers: [],
    feedback_id: null,
    step: null,
    meeting: null,
    assigned_to: null,
    snoozed_until: null,
    done_at: null,
    ...change,
  };
}

const MEETING: CaseTask["meeting"] = { employer_name: "Fjällnät AB", state: "fixed", starts_at: "2026-11-26T09:00:00Z" };

describe("the list of what to do", () => {
  it("counts what is nobody's as mine, and shows a colleague's only among all", () => {
    const theirs = task({ assigned_to: "karim" });

    expect([isMine(task({}), "petra"), isMine(task({ assigned_to: "petra" }), "petra"), isMine(theirs, "petra")]).toEqual([true, true, false]);
    expect(shown([theirs], { whose: "mine", me: "petra", seeker: "" })).toEqual([]);
    expect(shown([theirs], { whose: "all", me: "petra", seeker: "leila" })).toEqual([theirs]);
    expect(shown([theirs], { whose: "all", me: "petra", seeker: "amir" })).toEqual([]);
  });

  it("puts what is late on the plate, else what is due today, and nothing that can wait", () => {
    const late = task({ when: "late" });
    const today = task({ when: "today" });

    expect(urgent([task({}), today, late])).toBe(late);
    expect(urgent([task({}), today])).toBe(today);
    expect(urgent([task({})])).toBeUndefined();
  });

  it("counts what is late on today", () => {
    const tasks = [task({ due_on: "2026-11-20" }), task({ due_on: "2026-11-24" }), task({ due_on: "2026-11-26" })];

    expect(week(tasks, "2026-11-24", 3)).toEqual([
      ["2026-11-24", 2],
      ["2026-11-25", 0],
      ["2026-11-26", 1],
    ]);
  });

  it("leads to what it is about, and says all of what was made of it", () => {
    expect(pathOf(task({ kind: "feedback" }))).toBe("/seekers/leila");
    expect(pathOf(task({ kind: "need", need: { code: "validation", text: { sv: "Validering", en: "Validation" } } }))).toBe(
      "/seekers/leila/plan#need-validation",
    );
    expect(pathOf(task({ kind: "answer" }))).toBe("/seekers/leila/plan");
    expect(pathOf(task({ kind: "talk", title: "Om kursen" }))).toBe("/seekers/leila/plan");
    expect(pathOf(task({ kind: "meeting", meeting: MEETING }))).toBe("/seekers/leila/plan#meetings");
    expect(stateOf(task({ done_at: "2026-11-24T08:00:00Z", snoozed_until: "2026-12-01" }))).toEqual({
      done: true,
      snoozed_until: "2026-12-01",
      assigned_to: null,
    });
  });
});
