import { beforeAll, expect, test } from "vitest";
import { loadWords, startWords } from "../../../../lib/i18n.svelte";
import type { Arrival, EventSeeker } from "../../types";
import { splitWords, whoCame } from "./came";
import { bodyOf } from "./repair.svelte";
import { blockOf, marksOf, spanOf } from "./strip";
import type { RepairChange, RepairOption, RepairSpot } from "./types";
import { about, costsOf, heading, namesOf, rowsOf } from "./words";

const ZONE = "Europe/Stockholm";

beforeAll(async () => {
  await startWords();
  await loadWords("staff");
});

function spot(time: string, desk = 1): RepairSpot {
  const starts_at = `2026-05-12T${time}:00Z`;
  return {
    desk_id: `d${desk}`,
    slot_id: `s${time}`,
    desk_number: desk,
    form: "video",
    station_name: null,
    starts_at,
    ends_at: new Date(Date.parse(starts_at) + 900_000).toISOString(),
  };
}

function change(name: string, before: RepairSpot | null, after: RepairSpot | null, more: Partial<RepairChange> = {}): RepairChange {
  const base = { seeker_id: name, seeker_name: name, is_here: true, organisation_id: "o1", employer_name: "Nordkod AB" };
  return { ...base, before, after, reason: null, ...more };
}

function option(changes: RepairChange[], more: Partial<RepairOption> = {}): RepairOption {
  return {
    changes,
    desks: [],
    pools: {},
    away: [],
    is_plain: false,
    costs: [],
    people_moved: 0,
    meetings_dropped: 0,
    value_lost: 0,
    told: [],
    ...more,
  };
}

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("an option is headed by what it comes to", () => {
  const missed = change("Amina", spot("08:00"), null, { reason: "no_show" });
  const earlier = option([missed, change("Bilal", spot("08:30"), spot("08:00"))]);
  const taken = option([missed, change("Doris", null, spot("08:00"))]);

  expect(heading(earlier, "no_show", ZONE)).toBe("Bilal kommer tidigare");
  expect(heading(taken, "no_show", ZONE)).toBe("Doris får tiden");
  expect(plain(heading(option([change("Amina", spot("08:00"), spot("08:45"))]), "late", ZONE))).toBe("Amina kl. 10.45");
  expect(plain(heading(option([change("Elsa", null, spot("08:15"))]), "walk_in", ZONE))).toBe("Nordkod AB kl. 10.15");
  expect(heading(option([change("Amina", spot("08:00"), null)]), "desk_closed", ZONE)).toBe("Mötet ställs in");
});

test("a meeting that is lost and the one that comes for it are one row", () => {
  const lost = change("Mona", spot("08:50", 5), null, { employer_name: "Norrskär Data" });
  const other = change("Mona", null, spot("08:40", 2), { organisation_id: "o2", employer_name: "Molnverket" });

  const rows = rowsOf(option([lost, other, change("Rana", spot("08:10", 5), null)]));

  expect(rows.map((row) => [row.change.seeker_name, row.instead, row.change.before?.desk_number, row.change.after?.desk_number])).toEqual([
    ["Rana", null, 5, undefined],
    ["Mona", "Norrskär Data", 5, 2],
  ]);
});

test("whoever gets another meeting instead loses none", () => {
  const lost = change("Mona", spot("08:50", 5), null, { employer_name: "Norrskär Data" });
  const other = change("Mona", null, spot("08:40", 2), { organisation_id: "o2" });

  expect(costsOf(option([lost, other], { meetings_dropped: 1 }), ZONE)).toEqual([]);
  expect(costsOf(option([lost, other, change("Rana", spot("08:10", 5), null)], { meetings_dropped: 2 }), ZONE)).toEqual([
    "Ett möte blir inte av.",
  ]);
});

test("what it costs others comes before what it spares them", () => {
  const words = [{ code: "nobody_else_moves", params: {} }];

  expect(costsOf(option([], { costs: words }), ZONE)).toEqual(["Ingen annan flyttas."]);
  expect(costsOf(option([], { people_moved: 2, meetings_dropped: 1 }), ZONE)).toEqual([
    "Ett möte blir inte av.",
    "Två andra flyttas.",
  ]);
});

test("what is only noted says so, and until when somebody is given no time", () => {
  const away = [{ person_id: "a", name: "Amina", until: spot("08:45").starts_at, until_before: null }];
  const dropped = [change("Amina", spot("08:00"), null), change("Bilal", spot("08:15"), null)];

  expect(plain(heading(option([], { away }), "late", ZONE))).toBe("Amina kommer kl. 10.45, inget flyttas");
  expect(costsOf(option([], { away }), ZONE).map(plain)).toEqual(["Ingen ger Amina någon tid före kl. 10.45."]);
  expect(heading(option([], { pools: { video_rooms: 2 } }), "room_lost", ZONE)).toBe("Skriv upp det, inget flyttas");
  const cancelled = option(dropped, { is_plain: true, meetings_dropped: 2, costs: [{ code: "nobody_else_moves", params: {} }] });
  expect(heading(cancelled, "desk_closed", ZONE)).toBe("Ställ in de 2 mötena och ge besked");
  expect(costsOf(cancelled, ZONE)).toEqual([]);
});

test("an interpreter is named as people say it", () => {
  const gone = (kind: string) => about({ code: "interpreter_gone", params: { kind, left: 0, number: 1 } }, ZONE);

  expect(gone("sign_language")).toBe("Teckenspråkstolk saknas");
  expect(gone("language:ar")).toBe("Tolk: arabiska saknas");
});

test("many who are told are counted", () => {
  const told = ["A", "B", "C", "D", "E"].map((name) => ({ person_id: name, name, role: "seeker", by_mail: true }));

  expect(namesOf(told.slice(0, 2), "sv")).toBe("A och B");
  expect(namesOf(told, "sv")).toBe("A, B, C och 2 till");
});

test("the strip spans all places, and at least an hour and a quarter", () => {
  const near = spanOf([change("Amina", spot("08:00"), spot("08:15"))]);
  const far = spanOf([change("Amina", spot("08:00"), spot("11:45"))]);

  expect(near.until - near.from).toBe(75 * 60_000);
  expect(blockOf(spot("08:00"), far)).toEqual({ left: 0, width: 6.25 });
  expect(blockOf(spot("11:45"), far)).toEqual({ left: 93.75, width: 6.25 });
  expect(marksOf(far).map((mark) => mark.left)).toEqual([0, 25, 50, 75]);
});

test("what is sent is what was offered, without the words", () => {
  const away = [{ person_id: "Amina", name: "Amina", until: "2026-05-12T08:24:00Z", until_before: null }];
  const offered = option([change("Amina", spot("08:00"), spot("08:45"))], { away });
  const sent = bodyOf(offered, { kind: "late", meeting_id: "m" }) as { changes: unknown[]; away: unknown[] };

  expect(sent.away).toEqual([{ person_id: "Amina", until: "2026-05-12T08:24:00Z", until_before: null }]);

  expect(sent.changes).toEqual([
    {
      seeker_id: "Amina",
      organisation_id: "o1",
      before: { desk_id: "d1", slot_id: "s08:00" },
      after: { desk_id: "d1", slot_id: "s08:45" },
      reason: null,
    },
  ]);
});

test("who has come is found by a part of the name, those without a meeting first", () => {
  const seekers = [
    { id: "1", name: "Amina Ek" },
    { id: "2", name: "Samira Ek" },
    { id: "3", name: "Bo Ek" },
  ] as EventSeeker[];
  const arrivals = [
    { seeker_id: "1", state: "booked", meeting_id: "a" },
    { seeker_id: "2", state: "no_show", meeting_id: "b" },
  ] as Arrival[];

  expect(whoCame(seekers, arrivals, "mi").map((one) => [one.name, one.ahead?.meeting_id, one.missed?.meeting_id])).toEqual([
    ["Samira Ek", undefined, "b"],
    ["Amina Ek", "a", undefined],
  ]);
  expect(whoCame(seekers, arrivals, " ")).toEqual([]);
  expect(splitWords("Java, kundstöd;Java ,")).toEqual(["Java", "kundstöd"]);
});
