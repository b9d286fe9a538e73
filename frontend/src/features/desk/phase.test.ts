import { describe, expect, test } from "vitest";
import { cardIsDue, timeLeft, viewOf, warningBetween } from "./phase";
import type { DeskEvent, DeskMeeting, DeskState, Scorecard } from "./types";

const T = Date.parse("2026-05-05T08:00:00Z");
const at = (seconds: number) => new Date(T + seconds * 1000).toISOString();
const event = { talk_s: 600, feedback_s: 120, undo_s: 30, extension_s: 180 } as DeskEvent;
const meeting = (change: Partial<DeskMeeting> = {}): DeskMeeting => ({
  id: "m1",
  state: "talking",
  form: "video",
  starts_at: at(0),
  ends_at: at(720),
  ready_at: at(-60),
  talk_started_at: at(0),
  talk_ends_at: at(600),
  feedback_ends_at: at(720),
  seeker: { id: "s1", name: "Leila Hagström", initials: "LH", competences: [], questions: [], goal: null },
  scorecard_opens_at: at(480),
  seeker_present: true,
  busy_elsewhere: false,
  scorecard: null,
  can_extend: true,
  ...change,
});
const desk = (change: Partial<DeskState>): DeskState =>
  ({ is_open: true, event, now: null, next: [], unsent: [], undoable: [], ...change }) as unknown as DeskState;
const nothing = { cardOpened: false, unsentId: null };

describe("the desk shows", () => {
  test.each([
    ["that it is closed", desk({ is_open: false }), 0, nothing, "closed"],
    ["who is next while nobody is here", desk({}), 0, nothing, "waiting"],
    ["the room while they talk", desk({ now: meeting() }), 479, nothing, "room"],
    ["the card two minutes before the end", desk({ now: meeting() }), 480, nothing, "card"],
    ["the card early when asked to", desk({ now: meeting() }), 10, { cardOpened: true, unsentId: null }, "card"],
    ["the card in the feedback time", desk({ now: meeting({ state: "feedback" }) }), 610, nothing, "card"],
    ["the room while the seeker is on the way", desk({ now: meeting({ state: "called" }) }), 700, nothing, "room"],
    ["a card that was not sent", desk({ unsent: [meeting()] }), 0, { cardOpened: false, unsentId: "m1" }, "card"],
  ])("%s", (_name, state, seconds, chosen, view) => {
    expect(viewOf(state, T + seconds * 1000, chosen)).toBe(view);
  });

  test("what was sent only as long as it can be undone", () => {
    const scorecard = { undo_until: at(30) } as Scorecard;
    const views = [29, 31].map((seconds) => viewOf(desk({ undoable: [meeting({ scorecard })] }), T + seconds * 1000, nothing));

    expect(views).toEqual(["sent", "waiting"]);
  });
});

test("an extension closes the door again for a card that had opened by itself", () => {
  const extended = meeting({ talk_ends_at: at(780), scorecard_opens_at: at(660) });

  expect([cardIsDue(meeting(), T + 500_000), cardIsDue(extended, T + 500_000)]).toEqual([true, false]);
});

describe("time", () => {
  const left = (change: Partial<DeskMeeting>, seconds: number) => timeLeft(meeting(change), event, T + seconds * 1000);

  test("is counted down for the talk, then for the feedback", () => {
    expect(left({}, 516)).toEqual({ part: "talk", seconds: 84, total: 600 });
    expect(left({ state: "feedback" }, 636)).toEqual({ part: "feedback", seconds: 84, total: 120 });
    expect(left({ state: "called" }, 10)).toBe(null);
  });

  test("warns at two minutes and at one, once each", () => {
    const warned: unknown[] = [];
    for (let seconds = 475; seconds < 600; seconds += 1) {
      const warning = warningBetween(left({}, seconds - 1), left({}, seconds));
      if (warning) warned.push([seconds, warning.minutes]);
    }

    expect(warned).toEqual([
      [480, 2],
      [540, 1],
    ]);
  });

  test("rings no bell for a page that is opened late", () => {
    expect(warningBetween(null, left({}, 590))).toBe(null);
  });

  test("tells only the later mark after a jump", () => {
    expect(warningBetween(left({}, 400), left({}, 550))).toEqual({ part: "talk", minutes: 1 });
  });

  test("warns once more after an extension", () => {
    const extended = { talk_ends_at: at(780) };

    expect(warningBetween(left({}, 550), left(extended, 551))).toBe(null);
    expect(warningBetween(left(extended, 659), left(extended, 660))).toEqual({ part: "talk", minutes: 2 });
  });
});
