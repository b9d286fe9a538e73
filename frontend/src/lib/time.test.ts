import { afterEach, expect, test, vi } from "vitest";
import { clock, clockRange, countdown, dayKey, daysSince, learnServerTime, now, ownClock, plusDays, sameDay, secondsUntil } from "./time.svelte";

const TEN = "2026-11-24T09:00:00Z";
const QUARTER_PAST = "2026-11-24T09:15:00Z";

afterEach(() => learnServerTime(new Date().toUTCString(), Date.now(), Date.now()));

test("a time is shown in the zone of the event, with a full stop", () => {
  expect(clock(TEN, "Europe/Stockholm")).toBe("10.00");
  expect(clock(TEN, "Europe/Helsinki")).toBe("11.00");
  expect(clock("2026-07-24T09:00:00Z", "Europe/Stockholm")).toBe("11.00");
  expect(clockRange(TEN, QUARTER_PAST, "Europe/Stockholm")).toBe("10.00–10.15");
});

test("midnight belongs to the day that begins", () => {
  expect(clock("2026-11-23T23:00:00Z", "Europe/Stockholm")).toBe("00.00");
  expect(dayKey("2026-11-23T23:00:00Z", "Europe/Stockholm")).toBe("2026-11-24");
  expect(sameDay("2026-11-23T22:59:00Z", "2026-11-23T23:00:00Z", "Europe/Stockholm")).toBe(false);
});

test("the reader's own clock is shown only where it differs", () => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

  expect(ownClock(TEN, here)).toBe(null);
  expect(ownClock(TEN, here === "Asia/Tokyo" ? "Europe/Stockholm" : "Asia/Tokyo")).not.toBe(null);
});

test.each([
  [112, "1.52"],
  [60, "1.00"],
  [7, "0.07"],
  [0, "0.00"],
  [-40, "+0.40"],
])("%i seconds are shown as %s", (seconds, shown) => {
  expect(countdown(seconds)).toBe(shown);
});

test("seconds until an instant count from the clock given, and stop at the floor", () => {
  expect(secondsUntil(TEN, Date.parse(TEN) - 90_000)).toBe(90);
  expect(secondsUntil(TEN, Date.parse(TEN) + 90_000)).toBe(-90);
  expect(secondsUntil(TEN, Date.parse(TEN) + 90_000, 0)).toBe(0);
});

test("a device whose clock is wrong follows the server's", () => {
  const sent = Date.now();
  learnServerTime(new Date(sent + 600_000).toUTCString(), sent, sent);

  expect(Math.abs(now() - (Date.now() + 600_000))).toBeLessThan(1500);
});

test("a difference within the header's own rounding is left alone", () => {
  const sent = Date.now();
  learnServerTime(new Date(sent).toUTCString(), sent, sent);

  expect(Math.abs(now() - Date.now())).toBeLessThan(50);
});

test("a day so many days later is a day, over months and the clock's own change", () => {
  expect([plusDays("2026-11-30", 1), plusDays("2026-10-24", 2), plusDays("2026-11-24", 0)]).toEqual(["2026-12-01", "2026-10-26", "2026-11-24"]);
});

test("yesterday evening is yesterday in the morning", () => {
  const midnight = Date.parse(`${dayKey(now())}T00:00:00Z`);
  vi.useFakeTimers({ now: midnight + 9 * 3_600_000 });
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

  expect([daysSince(ago(1)), daysSince(ago(14)), daysSince(ago(24)), daysSince(ago(-1))]).toEqual([0, 1, 1, 0]);
  vi.useRealTimers();
});
