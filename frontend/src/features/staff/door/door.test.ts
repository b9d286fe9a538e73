import { describe, expect, it } from "vitest";
import type { Arrival } from "../types";
import { awaited, cleanCode, findByCode, isHere, parseUnsent, search, withUnsent } from "./door";

function arrival(change: Partial<Arrival> = {}): Arrival {
  return {
    meeting_id: "m1", check_in_code: "AC37KM", seeker_id: "s1", seeker_name: "Leila Hagström", state: "booked", form: "on_site",
    starts_at: "2026-12-08T10:15:00Z", ready_at: null, desk_number: 3, station_name: "Bord 3", employer_name: "Hamnljus IT",
    ...change,
  };
}

describe("codes", () => {
  it("are the same however they are typed or scanned", () => {
    expect(["ac37km", " AC3-7KM ", "https://x.example/c/AC37KM", "direktkontakt:check-in?code=ac37km"].map(cleanCode)).toEqual(
      Array.from({ length: 4 }, () => "AC37KM"),
    );
  });

  it("mean the meeting that is not over", () => {
    const over = arrival({ meeting_id: "m0", state: "closed" });
    expect(findByCode([over, arrival()], "AC37KM")?.meeting_id).toBe("m1");
    expect(findByCode([over], "AC37KM")?.meeting_id).toBe("m0");
    expect(findByCode([over], "XXXXXX")).toBeUndefined();
  });
});

describe("people at the door", () => {
  const here = arrival({ meeting_id: "m2", seeker_name: "Leif Hage", state: "checked_in", ready_at: "2026-12-08T10:00:00Z" });

  it("are found by a part of their name, those who have not come first", () => {
    expect(search([here, arrival()], "hag").map((one) => one.meeting_id)).toEqual(["m1", "m2"]);
    expect(search([here], "  ")).toEqual([]);
    expect(search([arrival({ state: "closed" })], "hag")).toEqual([]);
    expect([isHere(here), isHere(arrival())]).toEqual([true, false]);
  });

  it("are awaited from a while before their time", () => {
    const now = Date.parse("2026-12-08T10:00:00Z");
    const later = arrival({ meeting_id: "m3", starts_at: "2026-12-08T12:00:00Z" });
    expect(awaited([here, later, arrival()], now, 30 * 60_000).map((one) => one.meeting_id)).toEqual(["m1"]);
  });
});

describe("what could not be sent", () => {
  it("is kept once for each person", () => {
    const one = { key: "k1", code: "AC37KM", at: "2026-12-08T10:00:00Z" };
    expect(withUnsent([one], { ...one, key: "k2" })).toEqual([one]);
    expect(withUnsent([one], { key: "k3", meeting_id: "m9", at: one.at })).toHaveLength(2);
  });

  it("survives a device that stores nonsense", () => {
    expect(parseUnsent("{nonsense")).toEqual([]);
    expect(parseUnsent('{"a":1}')).toEqual([]);
    expect(parseUnsent('[{"key":"k","code":"A","at":"x"},{"b":2}]')).toEqual([{ key: "k", code: "A", at: "x" }]);
    expect(parseUnsent(null)).toEqual([]);
  });
});
