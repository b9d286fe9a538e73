import { describe, expect, it } from "vitest";
import { GridIndex } from "../grid/index";
import { grid, meeting } from "../grid/samples";
import type { EqualityPoint, GroupShare } from "../types";
import { curve, gapOf, pointAt, waitsNow, without } from "./shares";

const share = (label: string, mean: number, none = 0): GroupShare => ({ label, mean, seekers: 10, without: none });
const point = (strength: number, price_pct: number): EqualityPoint => ({ strength, price_pct, gap_pct: 0, shares: [] });

describe("groups' shares", () => {
  it("tell who has more and by how much", () => {
    expect(gapOf([share("women", 2), share("men", 3)])).toEqual({ more: "men", fewer: "women", pct: 50 });
    expect(gapOf([share("25_39", 3), share("40_54", 2.5), share("55_up", 2)])).toEqual({ more: "25_39", fewer: "55_up", pct: 50 });
    expect(without([share("women", 2, 3), share("men", 3, 1)])).toBe(4);
  });

  it("tell nothing of one group, and no end where one has none", () => {
    expect(gapOf([share("women", 2)])).toBeUndefined();
    expect(gapOf([share("women", 0), share("men", 1)])?.pct).toBe(Infinity);
    expect(gapOf([share("women", 0), share("men", 0)])?.pct).toBe(0);
  });
});

describe("the price of more equality", () => {
  it("is drawn as a line with the dearest at the top", () => {
    expect(curve([point(0, 0), point(0.5, 0.2), point(1, 0.8)], 100, 20)).toBe("M0 20L50 15L100 0");
    expect(curve([point(0, 0)], 100, 20)).toBe("M0 20");
  });

  it("stands where the plan was made", () => {
    const points = [point(0, 0), point(0.5, 0.2), point(1, 0.8)];

    expect(pointAt(points, 0.6)).toBe(1);
    expect(pointAt(points, 1.2)).toBe(2);
    expect(pointAt([], 1)).toBe(0);
  });
});

it("counts waits between somebody's meetings", () => {
  const meetings = [meeting("m1", "d1", "s1", "leila"), meeting("m2", "d2", "s3", "leila"), meeting("m3", "d1", "s2", "amir")];

  expect(waitsNow(new GridIndex(grid({ meetings })))).toBe(1);
});
