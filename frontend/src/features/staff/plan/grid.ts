/** The plan as a grid: what lies where, where somebody fits, and how keys move about in it. Pure. */
import { shortName } from "../../../lib/names";
import type { Grid, GridConflict, GridDesk, GridMeeting, GridSeeker, GridSlot } from "../types";

export type Place = { desk: number; slot: number };
/** Whom a place is looked for: a seeker without the meeting, or a meeting that moves. */
export type Wanted = { seekerId: string; moving?: GridMeeting; seeker?: GridSeeker };
export type Suggestion = { desk: GridDesk; slot: GridSlot; rank: number | null };

const SUGGESTIONS_MAX = 3;

export const cellKey = (deskId: string, slotId: string) => `${deskId} ${slotId}`;

export class GridIndex {
  readonly cells = new Map<string, GridMeeting[]>();
  readonly meetings = new Map<string, GridMeeting>();
  readonly desks = new Map<string, GridDesk>();
  readonly slots = new Map<string, GridSlot>();
  readonly seekers = new Map<string, GridSeeker>();
  readonly conflicts = new Map<string, GridConflict[]>();
  /** Who and what is taken in a slot: seekers, recruiters and stations by id. */
  private readonly taken = new Map<string, string>();

  constructor(readonly grid: Grid) {
    for (const desk of grid.desks) this.desks.set(desk.id, desk);
    for (const slot of grid.slots) this.slots.set(slot.id, slot);
    for (const seeker of grid.unplaced) this.seekers.set(seeker.id, seeker);
    for (const meeting of grid.meetings) this.take(meeting);
    for (const conflict of grid.conflicts) {
      for (const id of conflict.meeting_ids) this.conflicts.set(id, [...(this.conflicts.get(id) ?? []), conflict]);
    }
  }

  private take(meeting: GridMeeting): void {
    this.meetings.set(meeting.id, meeting);
    if (!meeting.slot_id) return;
    const key = cellKey(meeting.desk_id, meeting.slot_id);
    this.cells.set(key, [...(this.cells.get(key) ?? []), meeting]);
    if (meeting.state === "no_show") return;
    const desk = this.desks.get(meeting.desk_id);
    for (const party of [meeting.seeker_id, desk?.recruiter_id, desk?.station_id]) {
      if (party) this.taken.set(`${party} ${meeting.slot_id}`, meeting.id);
    }
  }

  at(desk: GridDesk, slot: GridSlot): GridMeeting | undefined {
    return this.cells.get(cellKey(desk.id, slot.id))?.[0];
  }

  placeOf(meeting: GridMeeting): Place | null {
    const desk = this.grid.desks.findIndex((candidate) => candidate.id === meeting.desk_id);
    const slot = this.grid.slots.findIndex((candidate) => candidate.id === meeting.slot_id);
    return desk < 0 || slot < 0 ? null : { desk, slot };
  }

  private isTaken(party: string | null | undefined, slot: GridSlot, except?: string): boolean {
    const by = party ? this.taken.get(`${party} ${slot.id}`) : undefined;
    return by !== undefined && by !== except;
  }

  /** Whether everybody concerned is free, the desk is manned and the seeker can come. */
  fits(wanted: Wanted, desk: GridDesk, slot: GridSlot): boolean {
    const { seeker, moving } = wanted;
    if (!onDuty(desk, slot) || this.cells.has(cellKey(desk.id, slot.id))) return false;
    const parties = [wanted.seekerId, desk.recruiter_id, desk.station_id];
    if (parties.some((party) => this.isTaken(party, slot, moving?.id))) return false;
    return seeker === undefined || (canCome(seeker, slot) && formFits(desk.form, seeker.form));
  }

  /** Keys of all the cells where somebody fits. */
  free(wanted: Wanted): Set<string> {
    const found = new Set<string>();
    for (const desk of this.grid.desks) {
      for (const slot of this.grid.slots) if (this.fits(wanted, desk, slot)) found.add(cellKey(desk.id, slot.id));
    }
    return found;
  }

  /** The first free time with each employer that is wished for, dearest first. */
  suggest(seeker: GridSeeker): Suggestion[] {
    const wanted = { seekerId: seeker.id, seeker };
    const found: Suggestion[] = [];
    for (const [at, employer] of seeker.wishes_left.entries()) {
      const desks = this.grid.desks.filter((desk) => desk.organisation_id === employer);
      const place = firstPlace(this, wanted, desks);
      if (place) found.push({ ...place, rank: at + 1 });
    }
    if (found.length === 0) {
      const place = firstPlace(this, wanted, this.grid.desks);
      if (place) found.push({ ...place, rank: null });
    }
    return found.slice(0, SUGGESTIONS_MAX);
  }
}

function firstPlace(index: GridIndex, wanted: Wanted, desks: readonly GridDesk[]): Omit<Suggestion, "rank"> | undefined {
  for (const slot of index.grid.slots) {
    const desk = desks.find((candidate) => index.fits(wanted, candidate, slot));
    if (desk) return { desk, slot };
  }
  return undefined;
}

export function onDuty(desk: GridDesk, slot: GridSlot): boolean {
  return desk.on_duty_from <= slot.starts_at && slot.ends_at <= desk.on_duty_until;
}

function canCome(seeker: GridSeeker, slot: GridSlot): boolean {
  const tooEarly = seeker.available_from !== null && slot.starts_at < seeker.available_from;
  const tooLate = seeker.available_until !== null && slot.ends_at > seeker.available_until;
  return !tooEarly && !tooLate;
}

function formFits(desk: string, seeker: string | null): boolean {
  return seeker === null || seeker === "hybrid" || desk === "hybrid" || seeker === desk;
}

/** Slots that begin after a pause. */
export function afterPause(slots: readonly GridSlot[]): Set<string> {
  const found = new Set<string>();
  for (const [at, slot] of slots.entries()) {
    const before = slots[at - 1];
    if (before && before.ends_at < slot.starts_at) found.add(slot.id);
  }
  return found;
}

export function initials(name: string): string {
  const words = shortName(name).split(/\s+/).map((word) => word.replace(/^[^\p{L}\d]+/u, "")).filter(Boolean);
  const [first = "", last = ""] = words.length > 1 ? [words[0], words.at(-1)] : [words[0]?.slice(0, 1), words[0]?.slice(1, 2)];
  return (first.charAt(0) + last.charAt(0)).toLocaleUpperCase("sv");
}

const PAGE = 5;

/** Where a key leads from `from` in a grid of this size; null when the key does not move. */
export function moved(from: Place, key: string, ctrl: boolean, size: { desks: number; slots: number }): Place | null {
  const last = { desk: size.desks - 1, slot: size.slots - 1 };
  const to = (desk: number, slot: number): Place => ({
    desk: Math.min(last.desk, Math.max(0, desk)),
    slot: Math.min(last.slot, Math.max(0, slot)),
  });
  switch (key) {
    case "ArrowUp":
      return to(from.desk - 1, from.slot);
    case "ArrowDown":
      return to(from.desk + 1, from.slot);
    case "ArrowLeft":
      return to(from.desk, from.slot - 1);
    case "ArrowRight":
      return to(from.desk, from.slot + 1);
    case "Home":
      return to(ctrl ? 0 : from.desk, 0);
    case "End":
      return to(ctrl ? last.desk : from.desk, last.slot);
    case "PageUp":
      return to(from.desk - PAGE, from.slot);
    case "PageDown":
      return to(from.desk + PAGE, from.slot);
    default:
      return null;
  }
}
