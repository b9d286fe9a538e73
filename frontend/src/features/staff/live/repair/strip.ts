/** Where meetings lie on the strip of an option: shares of the time that all its changes span. Pure. */
import type { RepairChange, RepairSpot } from "./types";

const LEAST_MS = 75 * 60_000;
const HOUR_MS = 3_600_000;

export type Span = { from: number; until: number };
export type Block = { left: number; width: number };

/** The time that the strips of these changes show: all of their places, and at least an hour and a quarter. */
export function spanOf(changes: readonly RepairChange[]): Span {
  const spots = changes.flatMap((change) => [change.before, change.after]).filter((spot) => spot !== null);
  const from = Math.min(...spots.map((spot) => Date.parse(spot.starts_at)));
  const until = Math.max(...spots.map((spot) => Date.parse(spot.ends_at)));
  if (!Number.isFinite(from)) return { from: 0, until: LEAST_MS };
  const margin = Math.max(0, LEAST_MS - (until - from)) / 2;
  return { from: from - margin, until: until + margin };
}

/** A place on the strip, in per cent of its width. */
export function blockOf(spot: RepairSpot, span: Span): Block {
  const whole = span.until - span.from;
  const starts = Date.parse(spot.starts_at);
  return { left: round(((starts - span.from) / whole) * 100), width: round(((Date.parse(spot.ends_at) - starts) / whole) * 100) };
}

/** The full and half hours within the span, each with its place in per cent. */
export function marksOf(span: Span): { at: number; left: number; full: boolean }[] {
  const step = span.until - span.from > 3 * HOUR_MS ? HOUR_MS : HOUR_MS / 2;
  const first = Math.ceil(span.from / step) * step;
  const found = [];
  for (let at = first; at < span.until; at += step) {
    const left = round(((at - span.from) / (span.until - span.from)) * 100);
    // A label at the very edge would be cut off.
    if (left <= 88) found.push({ at, left, full: at % HOUR_MS === 0 });
  }
  return found;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
