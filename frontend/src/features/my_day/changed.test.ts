import { beforeAll, expect, test } from "vitest";
import { loadWords, startWords } from "../../lib/i18n.svelte";
import type { MyMeeting } from "../../lib/types";
import { changedBetween, withChanged } from "./changed";

beforeAll(async () => {
  await startWords();
  await loadWords("seeker");
});

function meeting(change: Partial<MyMeeting> = {}): MyMeeting {
  return {
    id: "m1",
    state: "booked",
    form: "on_site",
    starts_at: "2026-05-12T08:00:00Z",
    employer: { name: "Fjällnät (exempel)" },
    recruiter_name: "Tuva Sundin",
    station: { name: "Bord 3" },
    event: { zone: "Europe/Stockholm", place: "Folkets hus" },
    ...change,
  } as MyMeeting;
}

const said = (before: MyMeeting[], after: MyMeeting[]): string[] =>
  changedBetween(before, after).map((one) => one.sentence().replaceAll("\u00a0", " "));

test("a new time is said with the old one", () => {
  expect(said([meeting()], [meeting({ starts_at: "2026-05-12T08:40:00Z" })])).toEqual([
    "Ny tid: 10.40. Mötet med Fjällnät är flyttat från 10.00.",
  ]);
});

test("what has not changed, and what only goes on, is not said", () => {
  expect(said([meeting()], [meeting()])).toEqual([]);
  expect(said([meeting()], [meeting({ state: "checked_in" })])).toEqual([]);
  expect(said([meeting({ state: "talking" })], [meeting({ state: "closed" })])).toEqual([]);
});

test("a meeting that is cancelled, new, or comes back is said", () => {
  expect(said([meeting()], [meeting({ state: "cancelled" })])).toEqual(["Mötet med Fjällnät kl. 10.00 är inställt."]);
  expect(said([], [meeting()])).toEqual(["Nytt möte: Fjällnät kl. 10.00."]);
  expect(said([meeting({ state: "no_show" })], [meeting({ starts_at: "2026-05-12T09:00:00Z" })])).toEqual([
    "Nytt möte: Fjällnät kl. 11.00.",
  ]);
});

test("another place and another recruiter are said where they matter", () => {
  const elsewhere = { station: { name: "Bord 7" } } as Partial<MyMeeting>;

  expect(said([meeting()], [meeting(elsewhere)])).toEqual(["Ny plats för mötet med Fjällnät kl. 10.00: Bord 7."]);
  expect(said([meeting({ form: "video" })], [meeting({ form: "video", ...elsewhere })])).toEqual([]);
  expect(said([meeting()], [meeting({ recruiter_name: "Nils Nyberg" })])).toEqual([
    "Du möter Nils Nyberg hos Fjällnät kl. 10.00.",
  ]);
});

test("a later sentence about a meeting takes the place of the earlier one", () => {
  const first = changedBetween([meeting()], [meeting({ starts_at: "2026-05-12T08:40:00Z" })]);
  const second = changedBetween([meeting({ starts_at: "2026-05-12T08:40:00Z" })], [meeting({ state: "cancelled" })]);

  expect(withChanged(first, second).map((one) => one.sentence())).toEqual(second.map((one) => one.sentence()));
});
