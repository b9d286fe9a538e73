import { describe, expect, it } from "vitest";
import type { DeskCard } from "../types";
import { calls, hallNames } from "./hall";

function meeting(id: string, name: string, form = "on_site"): NonNullable<DeskCard["current"]> {
  return {
    meeting_id: id, seeker_name: name, state: "called", form, starts_at: null, ends_at: null, ready_at: null, talk_started_at: null,
    talk_ends_at: null, feedback_ends_at: null,
  };
}

function desk(id: string, current: DeskCard["current"], next: DeskCard["next"] = null): DeskCard {
  return {
    desk_id: id, number: 1, employer_name: "Fjällnät", form: "on_site", station_name: null, is_open: true,
    activity: "called", current, next, missing: null, waiting: 0, waiting_since: null, late: 0, counts: {},
  };
}

describe("the hall", () => {
  it("reads first names, and one letter more where two are called the same", () => {
    const names = hallNames([desk("d1", meeting("m1", "Leila Hagström"), meeting("m2", "Amir Dalén")), desk("d2", null, meeting("m3", "Leila Åberg"))]);

    expect([...names]).toEqual([["m1", "Leila H"], ["m2", "Amir"], ["m3", "Leila Å"]]);
  });

  it("keeps the short name for somebody who is on at one desk and next at another", () => {
    const names = hallNames([desk("d1", meeting("m1", "Amir Dalén")), desk("d2", null, meeting("m2", "Amir Dalén"))]);
    expect([...names.values()]).toEqual(["Amir", "Amir"]);
  });

  it("calls those who are to walk somewhere, not those who meet by video", () => {
    expect(calls([desk("d1", meeting("m1", "Leila H")), desk("d2", meeting("m2", "Amir D", "video"))]).map((one) => one.desk_id)).toEqual(["d1"]);
  });
});
