import { describe, expect, it } from "vitest";
import type { Grid, GridMeeting, GridSeeker, GridSlot } from "../../types";
import { afterPause, GridIndex, initials } from "./index";
import { desk, grid, meeting, seeker, SLOTS } from "./samples";

/** The places where somebody fits, as desk and slot. */
const free = (index: GridIndex, who: GridSeeker, moving?: GridMeeting) => {
  const cells = index.free({ seekerId: who.id, seeker: who, moving });
  return index.grid.desks.flatMap((at, row) =>
    index.grid.slots.filter((_, column) => cells.has(index.cellAt(row, column))).map((when) => `${at.id} ${when.id}`),
  );
};

describe("where somebody fits", () => {
  it("is where desk, seeker and recruiter are free at that time", () => {
    const index = new GridIndex(
      grid({
        desks: [desk("d1"), desk("d2"), desk("d3", { recruiter_id: "rec-d1" })],
        meetings: [meeting("m1", "d1", "s1", "amir"), meeting("m2", "d2", "s2", "leila")],
      }),
    );

    expect(free(index, seeker())).toEqual([
      "d1 s3", "d2 s1", "d2 s3", "d3 s3",
    ]);
  });

  it("leaves the meeting that moves out of the count", () => {
    const only = meeting("m2", "d2", "s2", "leila");
    const index = new GridIndex(grid({ meetings: [only] }));

    expect(free(index, seeker(), only)).toContain("d1 s2");
    expect(free(index, seeker())).not.toContain("d1 s2");
  });

  it("keeps to the hours and the form of both", () => {
    const index = new GridIndex(
      grid({ desks: [desk("d1", { on_duty_until: "2026-12-08T08:15:00Z" }), desk("d2", { form: "on_site" })] }),
    );

    expect(free(index, seeker({ form: "video" }))).toEqual(["d1 s1"]);
    expect(free(index, seeker({ available_from: "2026-12-08T08:30:00Z" }))).toEqual(["d2 s3"]);
    expect(free(index, seeker({ available_until: "2026-12-08T08:20:00Z", form: "on_site" }))).toEqual(["d2 s1"]);
  });
});

describe("those who need more time or are away", () => {
  const long = { ...meeting("m1", "d1", "s1", "leila"), ends_at: "2026-12-08T08:30:00Z" };

  it("take two times in a row, and move to two in a row", () => {
    const index = new GridIndex(grid({ meetings: [long] }));
    const [first] = index.grid.desks;

    expect(first && index.at(first, SLOTS[1] as GridSlot)?.id).toBe("m1");
    expect(free(index, seeker(), long)).toEqual(["d2 s1"]);
    expect(free(index, seeker({ id: "amir" }))).toEqual(["d1 s3", "d2 s1", "d2 s2", "d2 s3"]);
    expect(free(index, seeker({ id: "amir", takes_two: true }))).toEqual(["d2 s1"]);
  });

  it("fit nowhere while they are away, nor at the desk of somebody who is", () => {
    const away = (person_id: string, from: string, to: string) => ({
      person_id, starts_at: `2026-12-08T${from}:00Z`, ends_at: `2026-12-08T${to}:00Z`,
    });
    const index = new GridIndex(grid({ absences: [away("leila", "08:10", "08:20"), away("rec-d2", "09:00", "10:00")] }));

    expect(free(index, seeker())).toEqual(["d1 s3"]);
  });
});

describe("those who can trade times", () => {
  const both = [desk("d1"), desk("d2", { organisation_id: "org-d1" }), desk("d3")];
  const trades = (meetings: GridMeeting[], change: Partial<Grid> = {}) => {
    const index = new GridIndex(grid({ desks: both, meetings, ...change }));
    return [...index.trades(meetings[0] as GridMeeting).values()].map((one) => one.id);
  };
  const mine = meeting("m1", "d1", "s1", "leila");

  it("are at the same employer, and free when the other is", () => {
    const later = meeting("m2", "d1", "s2", "amir");
    const beside = meeting("m3", "d2", "s3", "rana");
    const elsewhere = meeting("m4", "d3", "s2", "erik");

    expect(trades([mine, later, beside, elsewhere])).toEqual(["m2", "m3"]);
    expect(trades([mine, later, meeting("m5", "d3", "s1", "amir")])).toEqual([]);
    expect(trades([mine, later, meeting("m6", "d3", "s2", "leila")])).toEqual([]);
  });

  it("are neither pinned nor at a locked desk nor under way", () => {
    const later = meeting("m2", "d1", "s2", "amir");

    expect(trades([mine, { ...later, is_pinned: true }])).toEqual([]);
    expect(trades([mine, { ...later, state: "talking" }])).toEqual([]);
    expect(trades([mine, later], { desks: [desk("d1", { is_locked: true })] })).toEqual([]);
  });
});

describe("the grid", () => {
  it("knows what lies where, and what does not fit about it", () => {
    const conflict: Grid["conflicts"][number] = {
      code: "seeker_double", severity: "blocking", meeting_ids: ["m1", "m2"], seeker_name: "leila", employer_name: "d1",
      starts_at: null,
    };
    const index = new GridIndex(
      grid({ meetings: [meeting("m1", "d1", "s1", "leila"), meeting("m2", "d2", "s1", "leila")], conflicts: [conflict] }),
    );
    const [first] = index.grid.desks;

    expect(first && index.at(first, SLOTS[0] as GridSlot)?.id).toBe("m1");
    expect(index.conflicts.get("m2")).toEqual([conflict]);
    expect(index.placeOf(meeting("m2", "d2", "s1", "leila"))).toEqual({ desk: 1, slot: 0 });
    expect(index.placeOf({ ...meeting("m3", "d2", "s1", "x"), slot_id: null })).toBeNull();
  });

  it("sees pauses and shortens names", () => {
    expect([...afterPause(SLOTS)]).toEqual(["s3"]);
    expect(["Leila Hagström", "Åke von Örn", "Cher", '"Byrån" AB (exempel)'].map(initials)).toEqual(["LH", "ÅÖ", "CH", "BA"]);
  });
});
