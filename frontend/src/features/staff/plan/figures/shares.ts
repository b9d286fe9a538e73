/** How meetings are shared between groups, and what more equal shares would cost. Pure. */
import type { GridIndex } from "../grid/index";
import type { EqualityPoint, GroupShare } from "../types";

/** Below this, in per cent, groups have as many meetings each. */
export const ALIKE_PCT = 0.5;

export type Gap = { more: string; fewer: string; pct: number };

/** Who has most meetings each and who has fewest, and by how much; undefined where there is nothing to compare. */
export function gapOf(shares: readonly GroupShare[]): Gap | undefined {
  const ordered = [...shares].sort((a, b) => b.mean - a.mean);
  const [most, least] = [ordered[0], ordered.at(-1)];
  if (!most || !least || most === least) return undefined;
  const pct = least.mean > 0 ? 100 * (most.mean / least.mean - 1) : most.mean > 0 ? Infinity : 0;
  return { more: most.label, fewer: least.label, pct };
}

export function without(shares: readonly GroupShare[]): number {
  return shares.reduce((sum, share) => sum + share.without, 0);
}

/** The price along the slider as a line in a box of this size, dearest at the top. */
export function curve(points: readonly EqualityPoint[], width: number, height: number): string {
  const dearest = Math.max(...points.map((point) => point.price_pct), 0.01);
  const step = points.length > 1 ? width / (points.length - 1) : 0;
  return points
    .map(({ price_pct }, at) => `${at === 0 ? "M" : "L"}${round(at * step)} ${round(height - (Math.max(0, price_pct) / dearest) * height)}`)
    .join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The point nearest to what a plan was made with. */
export function pointAt(points: readonly EqualityPoint[], strength: number): number {
  let best = 0;
  for (const [at, point] of points.entries()) {
    if (Math.abs(point.strength - strength) < Math.abs((points[best]?.strength ?? 0) - strength)) best = at;
  }
  return best;
}

/** How many times somebody waits between two meetings of theirs, longer than one time. */
export function waitsNow(index: GridIndex): number {
  let found = 0;
  for (const day of index.days.values()) {
    const columns = day.map((meeting) => index.placeOf(meeting)?.slot ?? -1).filter((column) => column >= 0);
    for (const [at, column] of columns.entries()) {
      const before = columns[at - 1];
      if (before !== undefined && column - before > 1) found += 1;
    }
  }
  return found;
}
