/** A day in pieces, and which of them somebody cannot. Pure. */
import type { Hours, WishTime } from "./types";

export type Piece = WishTime;
/** Pieces that begin in the same hour, with their places in the day; `pause` stands before them. */
export type Row = { hour: number; pieces: number[]; pause: { from: string; to: string } | null };
export type Part = "all" | "morning" | "afternoon";

const NOON = 12;
export const WHOLE_DAY: Hours = { from: null, until: null, absences: [] };

/** For each piece whether it cannot be, by what was said. */
export function awayOf(pieces: readonly Piece[], hours: Hours): boolean[] {
  return pieces.map(({ starts_at, ends_at }) => {
    const [starts, ends] = [Date.parse(starts_at), Date.parse(ends_at)];
    if (hours.from !== null && starts < Date.parse(hours.from)) return true;
    if (hours.until !== null && ends > Date.parse(hours.until)) return true;
    return hours.absences.some((one) => Date.parse(one.starts_at) < ends && starts < Date.parse(one.ends_at));
  });
}

/**
 * What to say so that exactly these pieces cannot be.
 *
 * With `edges` a morning or evening away is said as hours, as staff say it; else all are absences.
 */
export function hoursOf(pieces: readonly Piece[], away: readonly boolean[], edges: boolean): Hours {
  const first = away.indexOf(false);
  const last = away.lastIndexOf(false);
  const hours: Hours = { from: null, until: null, absences: [] };
  const open = edges && first >= 0;
  if (open && first > 0) hours.from = pieces[first]?.starts_at ?? null;
  if (open && last < pieces.length - 1) hours.until = pieces[last]?.ends_at ?? null;
  for (const [index, piece] of pieces.entries()) {
    const told = open && (index < first || index > last);
    if (!away[index] || told) continue;
    const run = away[index - 1] ? hours.absences.at(-1) : undefined;
    if (run) run.ends_at = piece.ends_at;
    else hours.absences.push({ starts_at: piece.starts_at, ends_at: piece.ends_at });
  }
  return hours;
}

/** The hour and whether it is afternoon, on the clock of the event. */
export function hourOf(iso: string, zone: string): number {
  return Number(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(new Date(iso)));
}

/** The pieces hour by hour; a gap between two of them is a pause. */
export function rowsOf(pieces: readonly Piece[], zone: string): Row[] {
  const rows: Row[] = [];
  for (const [index, piece] of pieces.entries()) {
    const hour = hourOf(piece.starts_at, zone);
    const before = pieces[index - 1];
    const gap = before && Date.parse(before.ends_at) < Date.parse(piece.starts_at);
    const pause = gap ? { from: before.ends_at, to: piece.starts_at } : null;
    const row = rows.at(-1);
    if (row && row.hour === hour && !pause) row.pieces.push(index);
    else rows.push({ hour, pieces: [index], pause });
  }
  return rows;
}

/** Which pieces can be when only a part of the day can. */
export function partOf(pieces: readonly Piece[], zone: string, part: Part): boolean[] {
  return pieces.map(({ starts_at }) => part === "all" || (hourOf(starts_at, zone) < NOON) === (part === "morning"));
}

/** The part of the day that is said now, if it is one of the three. */
export function partSaid(pieces: readonly Piece[], zone: string, away: readonly boolean[]): Part | null {
  const parts: Part[] = ["all", "morning", "afternoon"];
  const same = (part: Part) => partOf(pieces, zone, part).every((can, index) => can !== away[index]);
  return parts.find(same) ?? null;
}

/** Times in a row as one: from where to where somebody cannot. */
export function spansAway(pieces: readonly Piece[], away: readonly boolean[]): WishTime[] {
  return hoursOf(pieces, away, false).absences;
}
