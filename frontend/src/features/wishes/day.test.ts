import { describe, expect, it } from "vitest";
import { awayOf, hoursOf, partOf, partSaid, type Piece, rowsOf, spansAway, WHOLE_DAY } from "./day";

const ZONE = "Europe/Stockholm";

/** Quarters from nine to twelve and from one to four, in November. */
function quarters(): Piece[] {
  const starts = [8, 9, 10, 12, 13, 14].flatMap((hour) => [0, 15, 30, 45].map((minute) => Date.UTC(2026, 10, 24, hour, minute)));
  return starts.map((at) => ({ starts_at: new Date(at).toISOString(), ends_at: new Date(at + 900_000).toISOString() }));
}

const pieces = quarters();
const at = (index: number): Piece => pieces[index] as Piece;
const away = (...gone: number[]): boolean[] => pieces.map((_, index) => gone.includes(index));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe("the day in pieces", () => {
  it("stands hour by hour on the clock of the event, with its pause", () => {
    const rows = rowsOf(pieces, ZONE);

    expect(rows.map((row) => [row.hour, row.pieces.length])).toEqual([[9, 4], [10, 4], [11, 4], [13, 4], [14, 4], [15, 4]]);
    expect(rows.map((row) => row.pause)).toEqual([null, null, null, { from: at(11).ends_at, to: at(12).starts_at }, null, null]);
  });

  it("has a morning and an afternoon", () => {
    expect(partOf(pieces, ZONE, "morning")).toEqual(pieces.map((_, index) => index < 12));
    expect(partSaid(pieces, ZONE, away())).toBe("all");
    expect(partSaid(pieces, ZONE, away(...range(0, 12)))).toBe("afternoon");
    expect(partSaid(pieces, ZONE, away(3))).toBeNull();
  });
});

describe("what is said of it", () => {
  it("is nothing for a whole day", () => {
    expect(hoursOf(pieces, away(), true)).toEqual(WHOLE_DAY);
    expect(awayOf(pieces, WHOLE_DAY)).toEqual(away());
  });

  it("says a late start and an early end as hours, what lies between as absences", () => {
    const hours = hoursOf(pieces, away(0, 1, 5, 6, 23), true);

    expect(hours).toEqual({
      from: at(2).starts_at,
      until: at(22).ends_at,
      absences: [{ starts_at: at(5).starts_at, ends_at: at(6).ends_at }],
    });
  });

  it("says everything as absences at a desk, and for somebody who cannot at all", () => {
    const whole = { starts_at: at(0).starts_at, ends_at: at(23).ends_at };

    expect(hoursOf(pieces, away(0, 1), false)).toEqual({ from: null, until: null, absences: [{ starts_at: at(0).starts_at, ends_at: at(1).ends_at }] });
    expect(hoursOf(pieces, away(...range(0, 24)), true)).toEqual({ from: null, until: null, absences: [whole] });
    expect(spansAway(pieces, away(...range(0, 24)))).toEqual([whole]);
  });

  it("is read as the same pieces again, whichever they were", () => {
    let seed = 7;
    for (let round = 0; round < 200; round += 1) {
      const gone = pieces.map(() => {
        seed = (seed * 16_807) % 2_147_483_647;
        return seed % 3 === 0;
      });
      for (const edges of [true, false]) expect(awayOf(pieces, hoursOf(pieces, gone, edges))).toEqual(gone);
    }
  });

  it("counts a piece as away when only part of it is", () => {
    const hours = { from: new Date(Date.parse(at(2).starts_at) + 60_000).toISOString(), until: null, absences: [] };

    expect(awayOf(pieces, hours)).toEqual(away(0, 1, 2));
  });

  it("holds no pieces where there are none", () => {
    expect(hoursOf([], [], true)).toEqual(WHOLE_DAY);
    expect(rowsOf([], ZONE)).toEqual([]);
  });
});
