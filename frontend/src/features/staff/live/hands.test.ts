import { describe, expect, it } from "vitest";
import type { DeskCard } from "../types";
import { clockface, dayOf, handOf, handsOf, withCard } from "./hands";

const NOW = Date.parse("2026-12-08T10:14:00Z");
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

type Meeting = NonNullable<DeskCard["current"]>;

function meeting(state: string, change: Partial<Meeting> = {}): Meeting {
  return {
    meeting_id: "m", seeker_name: "Amir Dalén", state, form: "video", starts_at: at(-5), ends_at: at(10), ready_at: null,
    talk_started_at: null, talk_ends_at: null, feedback_ends_at: null, ...change,
  };
}

function desk(change: Partial<DeskCard> = {}): DeskCard {
  return {
    desk_id: "d1", number: 1, employer_name: "Fjällnät", form: "video", station_name: null, is_open: true,
    activity: "employer_waits", current: null, next: null, missing: null, waiting: 0, waiting_since: null, late: 0, counts: {}, ...change,
  };
}

const kind = (card: DeskCard) => handOf(card, NOW)?.kind;

describe("a desk needs a hand", () => {
  it("when somebody waits and no recruiter is there", () => {
    const waits = { waiting: 2, waiting_since: at(-11), next: meeting("checked_in") };
    const hand = handOf(desk({ is_open: false, ...waits }), NOW);

    expect([hand?.kind, hand?.for_s, hand?.waiting, hand?.seeker]).toEqual(["no_recruiter", 660, 2, "Amir Dalén"]);
    expect(kind(desk({ ...waits }))).toBe("long_wait");
    expect(kind(desk({ ...waits, waiting_since: at(-4) }))).toBeUndefined();
  });

  it("when a meeting runs into the next one's time, and somebody waits for it", () => {
    const card = desk({ current: meeting("feedback"), next: meeting("checked_in", { starts_at: at(-6) }), waiting: 1, waiting_since: at(-9) });

    expect([kind(card), handOf(card, NOW)?.for_s]).toEqual(["overrun", 360]);
    expect(kind({ ...card, waiting: 0 })).toBeUndefined();
  });

  it("when a call has led to nothing, a desk is closed at its time, or the seeker is late", () => {
    expect(kind(desk({ current: meeting("called") }))).toBe("not_started");
    expect(kind(desk({ is_open: false, next: meeting("booked") }))).toBe("closed_desk");
    expect(kind(desk({ missing: meeting("late") }))).toBe("late");
    // Somebody else is here for later and stands first in the line: whoever is late is missed all the same.
    const other = { next: meeting("checked_in", { starts_at: at(9) }), waiting: 1, waiting_since: at(-1) };
    expect(handOf(desk({ ...other, missing: meeting("late") }), NOW)?.meetingId).toBe("m");
    expect(kind(desk({ is_open: false, next: meeting("booked", { starts_at: at(5) }) }))).toBeUndefined();
  });

  it("and the longest wait comes first", () => {
    const waits = (id: string, number: number, minutes: number) =>
      desk({ desk_id: id, number, is_open: false, waiting: 1, waiting_since: at(-minutes) });
    const late = desk({ desk_id: "late", number: 1, missing: meeting("late", { starts_at: at(-30) }) });

    expect(handsOf([late, waits("b", 2, 3), waits("c", 3, 11), desk()], NOW).map((hand) => hand.desk.desk_id)).toEqual(["c", "b", "late"]);
  });
});

describe("the number on a card", () => {
  it("is what is left, what is over, what has been waited or what is ahead", () => {
    expect(clockface(desk({ current: meeting("talking", { talk_ends_at: at(4) }) }), NOW)).toEqual({ kind: "left", seconds: 240 });
    expect(clockface(desk({ current: meeting("feedback", { feedback_ends_at: at(-1) }) }), NOW)).toEqual({ kind: "over", seconds: -60 });
    expect(clockface(desk({ waiting: 1, waiting_since: at(-2) }), NOW)).toEqual({ kind: "waited", seconds: 120 });
    expect(clockface(desk({ next: meeting("booked", { starts_at: at(3) }) }), NOW)).toEqual({ kind: "until", seconds: 180 });
    expect(clockface(desk({ next: meeting("booked") }), NOW).kind).toBe("none");
  });
});

describe("the day", () => {
  it("is counted from the cards, without what was called off", () => {
    const counts = { booked: 3, closed: 4, feedback: 1, no_show: 2, cancelled: 9 };
    expect(dayOf([desk({ counts, waiting: 2, waiting_since: at(-7) }), desk()], NOW)).toEqual({
      meetings: 10, held: 5, noShows: 2, longestWait_s: 420, waiting: 2,
    });
  });

  it("takes in one new card without the others", () => {
    const [one, two] = [desk({ desk_id: "a", number: 1 }), desk({ desk_id: "b", number: 2 })];
    const changed = { ...one, is_open: false };
    expect(withCard([one, two], changed)).toEqual([changed, two]);
    expect(withCard([two], one)).toEqual([one, two]);
  });
});
