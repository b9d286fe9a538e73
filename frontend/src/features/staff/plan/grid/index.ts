/** The plan as a grid: what lies where, and where somebody fits. Pure, and quick at a hundred desks. */
import { shortName } from "../../../../lib/names";
import type { Grid, GridConflict, GridDesk, GridMeeting, GridSeeker, GridSlot } from "../../types";

export type Place = { desk: number; slot: number };
/** Whom a place is looked for: a seeker without the meeting, or a meeting that moves. */
export type Wanted = { seekerId: string; moving?: GridMeeting; seeker?: GridSeeker };
/** A place by its number: the desks' rows one after the other. */
export type CellNumber = number;

const GONE: ReadonlySet<string> = new Set(["no_show"]);

export class GridIndex {
  readonly meetings = new Map<string, GridMeeting>();
  readonly desks = new Map<string, GridDesk>();
  readonly slots = new Map<string, GridSlot>();
  readonly seekers = new Map<string, GridSeeker>();
  readonly conflicts = new Map<string, GridConflict[]>();
  /** Everything that somebody has that day, in the order of time. */
  readonly days = new Map<string, GridMeeting[]>();
  readonly blocking = new Set<string>();
  private readonly letters = new Map<string, string>();
  private readonly row = new Map<string, number>();
  private readonly column = new Map<string, number>();
  private readonly cells: (GridMeeting | undefined)[];
  private readonly duty: boolean[];
  /** When somebody is away, as the grid tells it. */
  private readonly away = new Map<string, { starts_at: string; ends_at: string }[]>();
  /** By seeker, recruiter and station: the meeting that takes them in each column. */
  private readonly taken = new Map<string, (string | undefined)[]>();

  constructor(readonly grid: Grid) {
    const { desks, slots } = grid;
    for (const [at, desk] of desks.entries()) {
      this.desks.set(desk.id, desk);
      this.row.set(desk.id, at);
    }
    for (const [at, slot] of slots.entries()) {
      this.slots.set(slot.id, slot);
      this.column.set(slot.id, at);
    }
    for (const seeker of grid.unplaced) this.seekers.set(seeker.id, seeker);
    this.cells = new Array<GridMeeting | undefined>(desks.length * slots.length);
    for (const absence of grid.absences) this.away.set(absence.person_id, [...(this.away.get(absence.person_id) ?? []), absence]);
    this.duty = desks.flatMap((desk) => slots.map((slot) => onDuty(desk, slot) && !this.isAway(desk.recruiter_id, slot)));
    for (const meeting of grid.meetings) this.take(meeting);
    for (const day of this.days.values()) day.sort((a, b) => this.columnOf(a) - this.columnOf(b));
    for (const conflict of grid.conflicts) {
      for (const id of conflict.meeting_ids) {
        this.conflicts.set(id, [...(this.conflicts.get(id) ?? []), conflict]);
        if (conflict.severity === "blocking") this.blocking.add(id);
      }
    }
  }

  private take(meeting: GridMeeting): void {
    this.meetings.set(meeting.id, meeting);
    const day = this.days.get(meeting.seeker_id);
    if (day) day.push(meeting);
    else this.days.set(meeting.seeker_id, [meeting]);
    const row = this.row.get(meeting.desk_id);
    const desk = this.desks.get(meeting.desk_id);
    for (const column of this.columnsOf(meeting)) {
      if (row !== undefined) this.cells[this.cellAt(row, column)] ??= meeting;
      if (GONE.has(meeting.state)) continue;
      for (const party of [meeting.seeker_id, desk?.recruiter_id, desk?.station_id]) {
        if (!party) continue;
        const times = this.taken.get(party) ?? new Array<string | undefined>(this.grid.slots.length);
        times[column] = meeting.id;
        this.taken.set(party, times);
      }
    }
  }

  /** The columns that a meeting takes: one, or two in a row for those who need more time. */
  private columnsOf(meeting: GridMeeting): number[] {
    const first = this.columnOf(meeting);
    if (first < 0) return [];
    const found = [first];
    const ends = meeting.ends_at ?? "";
    for (let next = first + 1; (this.grid.slots[next]?.starts_at ?? "~") < ends; next += 1) found.push(next);
    return found;
  }

  /** How many columns a meeting takes; none when it has no time. */
  lengthOf(meeting: GridMeeting): number {
    return this.columnsOf(meeting).length;
  }

  private isAway(person: string | null | undefined, slot: GridSlot): boolean {
    const times = person ? this.away.get(person) : undefined;
    return times?.some((away) => away.starts_at < slot.ends_at && slot.starts_at < away.ends_at) ?? false;
  }

  private columnOf(meeting: GridMeeting): number {
    return (meeting.slot_id ? this.column.get(meeting.slot_id) : undefined) ?? -1;
  }

  /** Two letters for a name: found once, since a drawn row asks for many. */
  initialsOf({ seeker_id, seeker_name }: GridMeeting): string {
    let found = this.letters.get(seeker_id);
    if (found === undefined) this.letters.set(seeker_id, (found = initials(seeker_name)));
    return found;
  }

  cellAt(row: number, column: number): CellNumber {
    return row * this.grid.slots.length + column;
  }

  cellOf(deskId: string, slotId: string): CellNumber {
    const [row, column] = [this.row.get(deskId), this.column.get(slotId)];
    return row === undefined || column === undefined ? -1 : this.cellAt(row, column);
  }

  meetingIn(cell: CellNumber): GridMeeting | undefined {
    return this.cells[cell];
  }

  isOpen(cell: CellNumber): boolean {
    return this.duty[cell] ?? false;
  }

  at(desk: GridDesk, slot: GridSlot): GridMeeting | undefined {
    return this.cells[this.cellOf(desk.id, slot.id)];
  }

  placeOf(meeting: GridMeeting): Place | null {
    const [desk, slot] = [this.row.get(meeting.desk_id) ?? -1, this.columnOf(meeting)];
    return desk < 0 || slot < 0 ? null : { desk, slot };
  }

  /** The places that are open and where nobody lies, by row. */
  freeIn(row: number): number {
    let found = 0;
    for (let column = 0; column < this.grid.slots.length; column += 1) {
      const cell = this.cellAt(row, column);
      if (this.duty[cell] && !this.cells[cell]) found += 1;
    }
    return found;
  }

  /** The columns in which whoever is looked for can come and is not somewhere else. */
  private columnsFor({ seekerId, seeker, moving }: Wanted): Set<number> {
    const theirs = this.taken.get(seekerId);
    const found = new Set<number>();
    for (const [column, slot] of this.grid.slots.entries()) {
      const by = theirs?.[column];
      if (by !== undefined && by !== moving?.id) continue;
      if (!this.isAway(seekerId, slot) && (!seeker || canCome(seeker, slot))) found.add(column);
    }
    return found;
  }

  /** Whether desk, recruiter and station are free in a column that suits whoever is looked for. */
  private isFree(desk: GridDesk, cell: CellNumber, column: number, moving?: string): boolean {
    const lies = this.cells[cell];
    if (!this.duty[cell] || (lies && lies.id !== moving)) return false;
    for (const party of [desk.recruiter_id, desk.station_id]) {
      const by = party ? this.taken.get(party)?.[column] : undefined;
      if (by !== undefined && by !== moving) return false;
    }
    return true;
  }

  /** Those at the same employer with whom a meeting can trade times, by the place where they lie. */
  trades(moving: GridMeeting): Map<CellNumber, GridMeeting> {
    const found = new Map<CellNumber, GridMeeting>();
    const [from] = this.columnsOf(moving);
    const here = this.desks.get(moving.desk_id);
    if (from === undefined || !here || this.columnsOf(moving).length > 1) return found;
    for (const other of this.meetings.values()) {
      const desk = this.desks.get(other.desk_id);
      const [to, ...more] = this.columnsOf(other);
      if (desk?.organisation_id !== here.organisation_id || to === undefined || to === from || more.length > 0) continue;
      if (other.state !== "booked" || other.is_pinned || desk.is_locked || here.is_locked) continue;
      const fits = this.canBe(moving, to, desk) && this.canBe(other, from, here);
      if (fits) found.set(this.cellOf(other.desk_id, other.slot_id ?? ""), other);
    }
    return found;
  }

  /** Whether the seeker of a meeting could be at this desk in that column, if nobody else were. */
  private canBe(meeting: GridMeeting, column: number, desk: GridDesk): boolean {
    const slot = this.grid.slots[column];
    const seeker = this.seekers.get(meeting.seeker_id);
    const by = this.taken.get(meeting.seeker_id)?.[column];
    if (!slot || (by !== undefined && by !== meeting.id) || this.isAway(meeting.seeker_id, slot)) return false;
    const form = desk.id === meeting.desk_id || formFits(desk.form, seeker ? seeker.form : meeting.form);
    return form && onDuty(desk, slot) && (!seeker || canCome(seeker, slot));
  }

  /** Whether there is no pause between these columns. */
  private follows(first: number, last: number): boolean {
    for (let at = first; at < last; at += 1) {
      if (this.grid.slots[at]?.ends_at !== this.grid.slots[at + 1]?.starts_at) return false;
    }
    return true;
  }

  /** Numbers of all the places where somebody fits. */
  free(wanted: Wanted): Set<CellNumber> {
    const found = new Set<CellNumber>();
    const columns = this.columnsFor(wanted);
    const moving = wanted.moving;
    const length = moving ? Math.max(1, this.columnsOf(moving).length) : wanted.seeker?.takes_two ? 2 : 1;
    for (const [row, desk] of this.grid.desks.entries()) {
      if (wanted.seeker && !formFits(desk.form, wanted.seeker.form)) continue;
      for (const column of columns) {
        const cell = this.cellAt(row, column);
        if (this.cells[cell]) continue;
        let fits = true;
        for (let at = column; fits && at < column + length; at += 1) {
          fits = columns.has(at) && this.follows(column, at) && this.isFree(desk, this.cellAt(row, at), at, moving?.id);
        }
        if (fits) found.add(cell);
      }
    }
    return found;
  }
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
