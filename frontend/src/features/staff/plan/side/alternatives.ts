/** The best places for somebody, and why: free ones, with whom they match best, near where they lie. Pure. */
import type { GridDesk, GridMeeting, GridSlot } from "../../types";
import type { GridIndex, Wanted } from "../grid/index";
import type { Match } from "../types";

/** How long before it the meeting before ends, and after it the next begins, in minutes; null: there is none. */
type Around = { before: number | null; after: number | null };
export type Alternative = {
  deskId: string;
  slotId: string;
  starts_at: string;
  sameEmployer: boolean;
  /** The place of the employer among the wishes that are left, from 1. */
  rank: number | null;
  match: Match | undefined;
  around: Around;
  /** Who lies there, and takes this one's time instead. */
  trade: GridMeeting | undefined;
};
type Scored = Alternative & { organisation: string; score: number };

const NO_TRADES: ReadonlyMap<number, GridMeeting> = new Map();
const BEST_MAX = 3;
const OF_ONE_EMPLOYER_MAX = 2;
const SAME_EMPLOYER = 40;
const WISHED = 30;
const A_SLOT_AWAY = 1.5;
const NO_REST = 12;
const LONG_WAIT = 8;
/** To move somebody else too is only for want of free places. */
const MOVES_ANOTHER = 60;
/** From here on a wait between two meetings is long. */
export const LONG_WAIT_MIN = 75;

export function bestPlaces(
  index: GridIndex,
  wanted: Wanted,
  free: ReadonlySet<number>,
  matches: ReadonlyMap<string, Match> | undefined,
  trades: ReadonlyMap<number, GridMeeting> = NO_TRADES,
): Alternative[] {
  const others = (index.days.get(wanted.seekerId) ?? []).filter((one) => one.id !== wanted.moving?.id);
  const met = new Set(others.map((one) => index.desks.get(one.desk_id)?.organisation_id));
  const times = others.map((one) => index.slots.get(one.slot_id ?? "")).filter((slot) => slot !== undefined);
  const from = wanted.moving && index.placeOf(wanted.moving);
  const here = wanted.moving && index.desks.get(wanted.moving.desk_id)?.organisation_id;
  const found: Scored[] = [];
  for (const cell of [...free, ...trades.keys()]) {
    const trade = trades.get(cell);
    const [desk, slot, column] = at(index, cell);
    if (!desk || !slot || met.has(desk.organisation_id)) continue;
    const rank = (wanted.seeker?.wishes_left.indexOf(desk.organisation_id) ?? -1) + 1 || null;
    const match = matches?.get(desk.organisation_id);
    if (match?.value === 0) continue;
    const around = aroundOf(slot, times);
    const same = desk.organisation_id === here;
    const away = Math.abs(column - (from?.slot ?? 0));
    const worth = match ? match.value / 2 : rank ? WISHED - 3 * rank : 0;
    const score = worth + (same ? SAME_EMPLOYER : 0) - A_SLOT_AWAY * away - strain(around) - (trade ? MOVES_ANOTHER : 0);
    found.push({ deskId: desk.id, slotId: slot.id, starts_at: slot.starts_at, sameEmployer: same, rank, match, around, trade, organisation: desk.organisation_id, score });
  }
  return apart(found.sort((a, b) => b.score - a.score || a.starts_at.localeCompare(b.starts_at)));
}

function at(index: GridIndex, cell: number): [GridDesk | undefined, GridSlot | undefined, number] {
  const columns = index.grid.slots.length;
  const column = cell % columns;
  return [index.grid.desks[(cell - column) / columns], index.grid.slots[column], column];
}

function aroundOf(slot: GridSlot, times: readonly GridSlot[]): Around {
  let before: number | null = null;
  let after: number | null = null;
  for (const other of times) {
    if (other.ends_at <= slot.starts_at) before = Math.min(before ?? Infinity, minutes(other.ends_at, slot.starts_at));
    else after = Math.min(after ?? Infinity, minutes(slot.ends_at, other.starts_at));
  }
  return { before, after };
}

function minutes(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
}

function strain({ before, after }: Around): number {
  const gaps = [before, after].filter((gap) => gap !== null);
  if (gaps.length === 0) return 0;
  if (gaps.some((gap) => gap === 0)) return NO_REST;
  return Math.min(...gaps) > LONG_WAIT_MIN ? LONG_WAIT : 0;
}

/** The first few that differ: not three times of the same employer while there is another. */
function apart(places: readonly Scored[]): Alternative[] {
  const chosen: Scored[] = [];
  const left: Scored[] = [];
  for (const place of places) {
    const alike = chosen.filter((one) => one.organisation === place.organisation);
    const mirrored = alike.some((one) => one.slotId === place.slotId);
    if (alike.length < OF_ONE_EMPLOYER_MAX && !mirrored) chosen.push(place);
    else if (!mirrored) left.push(place);
    if (chosen.length === BEST_MAX) break;
  }
  return [...chosen, ...left].slice(0, BEST_MAX);
}

