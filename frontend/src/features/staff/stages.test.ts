import { describe, expect, it } from "vitest";
import { inOrder, nextPage, stageOf } from "./stages";

const NOW = Date.parse("2026-12-08T09:00:00Z");
const draft = { status: "draft", starts_at: "2026-12-09T08:00:00Z", ends_at: "2026-12-09T15:00:00Z" };
const empty = { ...draft, employers: 0, seekers: 0 };
const full = { ...draft, employers: 12, seekers: 61 };
const today = { ...full, status: "published", starts_at: "2026-12-08T09:30:00Z", ends_at: "2026-12-08T15:00:00Z" };

describe("the stage of an event", () => {
  it("leads from employers to seekers to the plan", () => {
    expect(stageOf(empty, NOW)).toBe("empty");
    expect(stageOf({ ...empty, employers: 3 }, NOW)).toBe("seekers");
    expect(stageOf(full, NOW)).toBe("plan");
  });

  it("is live from an hour before the first start until the end", () => {
    expect(stageOf(today, NOW - 3_600_000)).toBe("ahead");
    expect(stageOf(today, NOW)).toBe("live");
    expect(stageOf(today, Date.parse(today.ends_at) + 1)).toBe("over");
  });

  it("is over when the event is closed or its day has passed", () => {
    expect(stageOf({ ...full, status: "closed" }, NOW)).toBe("over");
    expect(stageOf({ ...full, ends_at: "2026-12-01T15:00:00Z" }, NOW)).toBe("over");
  });

  it("says which page comes next", () => {
    expect(nextPage("e1", "empty")).toBe("/events/e1/import");
    expect(nextPage("e1", "plan")).toBe("/events/e1/plan");
    expect(nextPage("e1", "live")).toBe("/events/e1/live");
  });
});

describe("the order of events", () => {
  it("puts what runs first, then what waits for work, and the past last with the newest first", () => {
    const old = { ...full, status: "closed", starts_at: "2026-10-01T08:00:00Z", ends_at: "2026-10-01T15:00:00Z" };
    const older = { ...old, starts_at: "2026-09-01T08:00:00Z", ends_at: "2026-09-01T15:00:00Z" };
    const later = { ...full, status: "published", starts_at: "2026-12-12T08:00:00Z", ends_at: "2026-12-12T15:00:00Z" };

    expect(inOrder([older, later, old, full, today], NOW)).toEqual([today, full, later, old, older]);
  });
});
