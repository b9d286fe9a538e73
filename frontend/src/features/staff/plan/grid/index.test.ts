import { describe, expect, it } from "vitest";
import type { Grid, GridDesk, GridMeeting, GridSeeker, GridSlot } from "../../types";
import { afterPause, GridIndex, initials } from "./index";

function slot(id: string, hour: string, end: string): GridSlot {
  return { id, starts_at: `2026-12-08T${hour}:00Z`, ends_at: `2026-12-08T${end}:00Z` };
}
const SLOTS = [slot("s1", "08:00", "08:15"), slot("s2", "08:15", "08:30"), slot("s3", "09:00", "09:15")];

function desk(id: string, change: Partial<GridDesk> = {}): GridDesk {
  return {
    id, number: 1, organisation_id: `org-${id}`, employer_name: id, recruiter_id: `rec-${id}`, recruiter_name: "Eva",
    station_id: null, station_name: null, form: "video", on_duty_from: "2026-12-08T08:00:00Z",
    on_duty_until: "2026-12-08T09:15:00Z", ...change,
  };
}

function meeting(id: string, deskId: string, slotId: string, seeker: string): GridMeeting {
  return { id, desk_id: deskId, slot_id: slotId, seeker_id: seeker, seeker_name: seeker, form: "video", state: "booked" };
}

function seeker(change: Partial<GridSeeker> = {}): GridSeeker {
  return {
    id: "leila", name: "Leila Hagström", form: null, available_from: null, available_until: null, meetings: 0,
    wishes_left: [], ...change,
  };
}

function grid(change: Partial<Grid> = {}): Grid {
  return {
    event: {} as Grid["event"], slots: SLOTS, desks: [desk("d1"), desk("d2")], meetings: [], unplaced: [], conflicts: [],
    seekers: 0, ...change,
  };
}

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

  it("suggests wishes in order, and anywhere when no wish can be met", () => {
    const index = new GridIndex(grid({ meetings: [meeting("m1", "d1", "s1", "amir")] }));
    const shown = (who: GridSeeker) => index.suggest(who).map(({ desk: at, slot: when, rank }) => [at.id, when.id, rank]);

    expect(shown(seeker({ wishes_left: ["org-d2", "org-d1"] }))).toEqual([["d2", "s1", 1], ["d1", "s2", 2]]);
    expect(shown(seeker({ wishes_left: ["org-gone"] }))).toEqual([["d2", "s1", null]]);
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
