import { beforeAll, expect, test } from "vitest";
import { loadWords, startWords } from "../../lib/i18n.svelte";
import { lineChanges } from "./changed";
import type { DeskMeeting, DeskState } from "./types";

const NOW = Date.parse("2026-05-12T07:55:00Z");

beforeAll(async () => {
  await startWords();
  await loadWords("desk");
});

const at = (id: string, time: string): DeskMeeting =>
  ({ id, starts_at: `2026-05-12T${time}:00Z`, seeker: { name: `Namn ${id}` } }) as DeskMeeting;

const desk = (...next: DeskMeeting[]): DeskState =>
  ({ now: null, unsent: [], next, event: { zone: "Europe/Stockholm" } }) as unknown as DeskState;

const said = (before: DeskState, after: DeskState): string[] =>
  lineChanges(before, after, NOW).map((one) => one.replaceAll("\u00a0", " "));

test("who has another time, who is new and who does not come is said", () => {
  const before = desk(at("a", "08:00"), at("b", "08:15"));

  expect(said(before, desk(at("b", "08:15"), at("a", "08:30")))).toEqual(["Ny tid för Namn a: 10.30, var 10.00."]);
  expect(said(before, desk(at("a", "08:00"), at("c", "08:10"), at("b", "08:15")))).toEqual(["Ny: Namn c kl. 10.10."]);
  expect(said(before, desk(at("a", "08:00")))).toEqual(["Namn b kl. 10.15 är avbokad."]);
});

test("a line that moves forward is no change", () => {
  const whole = ["08:00", "08:15", "08:30", "08:45", "09:00", "09:15", "09:30"].map((time, number) => at(String(number), time));
  const before = desk(...whole.slice(0, 6));
  const after = { ...desk(...whole.slice(1)), now: whole[0] } as DeskState;

  expect(said(before, after)).toEqual([]);
  expect(lineChanges(desk(at("a", "07:40")), desk(), NOW)).toEqual([]);
});
