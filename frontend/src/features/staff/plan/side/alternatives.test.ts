import { describe, expect, it } from "vitest";
import { GridIndex, type Wanted } from "../grid/index";
import { desk, grid, meeting, seeker } from "../grid/samples";
import type { Match } from "../types";
import { bestPlaces } from "./alternatives";

const match = (organisation_id: string, value: number): [string, Match] => [
  organisation_id,
  { organisation_id, employer_name: organisation_id, value, reasons: [] },
];

function best(index: GridIndex, wanted: Wanted, ...values: [string, Match][]): string[] {
  const places = bestPlaces(index, wanted, index.free(wanted), values.length > 0 ? new Map(values) : undefined);
  return places.map((place) => `${place.deskId} ${place.slotId}`);
}

describe("the best places", () => {
  const moving = meeting("m1", "d1", "s1", "leila");
  const busy = meeting("m9", "d9", "s1", "amir");

  it("for a meeting are near it at the same employer, and one elsewhere", () => {
    const index = new GridIndex(grid({ desks: [desk("d1"), desk("d2"), desk("d3")], meetings: [moving] }));

    expect(best(index, { seekerId: "leila", moving }, match("org-d2", 60), match("org-d3", 30))).toEqual(["d1 s2", "d1 s3", "d2 s1"]);
  });

  it("for a seeker follow the wishes, and the matches once they are known", () => {
    const index = new GridIndex(grid({ meetings: [busy] }));
    const who = seeker({ wishes_left: ["org-d2"] });

    expect(best(index, { seekerId: who.id, seeker: who })[0]).toBe("d2 s1");
    expect(best(index, { seekerId: who.id, seeker: who }, match("org-d1", 90), match("org-d2", 40))[0]).toBe("d1 s1");
  });

  it("are never with somebody met that day, nor with one they would rather not meet", () => {
    const index = new GridIndex(grid({ desks: [desk("d1"), desk("d2"), desk("d3")], meetings: [moving] }));
    const who = seeker();

    expect(best(index, { seekerId: "leila", seeker: who }, match("org-d2", 0), match("org-d3", 20))).toEqual(["d3 s3", "d3 s2"]);
  });

  it("trade with somebody only for want of free ones", () => {
    const later = meeting("m2", "d1", "s2", "amir");
    const index = new GridIndex(grid({ desks: [desk("d1")], meetings: [moving, later] }));
    const wanted = { seekerId: "leila", moving };
    const places = bestPlaces(index, wanted, index.free(wanted), undefined, index.trades(moving));

    expect(places.map((place) => [place.slotId, place.trade?.id])).toEqual([["s3", undefined], ["s2", "m2"]]);
  });

  it("say how long the rest is before and after", () => {
    const index = new GridIndex(grid({ meetings: [meeting("m1", "d1", "s2", "leila")] }));
    const wanted = { seekerId: "leila", seeker: seeker() };
    const around = new Map(bestPlaces(index, wanted, index.free(wanted), undefined).map((one) => [one.slotId, one.around]));

    expect(around.get("s1")).toEqual({ before: null, after: 0 });
    expect(around.get("s3")).toEqual({ before: 30, after: null });
  });
});
