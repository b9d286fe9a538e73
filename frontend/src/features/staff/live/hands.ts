/** What on the board needs somebody's hand now, the most urgent first. Pure. */
import type { DeskCard } from "../types";

export type HandKind = "no_recruiter" | "long_wait" | "overrun" | "not_started" | "closed_desk" | "late";
export type Hand = {
  kind: HandKind;
  desk: DeskCard;
  /** Seconds that it has lasted. */
  for_s: number;
  /** How many it keeps waiting. */
  waiting: number;
  seeker: string | null;
  /** The meeting that is late. */
  meetingId?: string;
};

const LONG_WAIT_S = 600;
const RECRUITER_MISSING_S = 60;
const OVERRUN_S = 60;
const CALL_S = 180;

/** Somebody waits; a meeting runs over; nobody came. */
const WEIGHT: Record<HandKind, number> = { no_recruiter: 0, long_wait: 1, overrun: 2, not_started: 3, closed_desk: 4, late: 5 };

function since(iso: string | null | undefined, now: number): number {
  return iso ? (now - Date.parse(iso)) / 1000 : -Infinity;
}

/** What one desk needs, or null when all is as it should be. */
export function handOf(desk: DeskCard, now: number): Hand | null {
  const { current, next } = desk;
  const waited = since(desk.waiting_since, now);
  const hand = (kind: HandKind, for_s: number, seeker: string | null = next?.seeker_name ?? null): Hand => ({
    kind,
    desk,
    for_s: Math.max(0, Math.round(for_s)),
    waiting: desk.waiting,
    seeker,
  });
  if (!desk.is_open && !current && desk.waiting > 0 && waited >= RECRUITER_MISSING_S) return hand("no_recruiter", waited);
  if (!current && desk.waiting > 0 && waited >= LONG_WAIT_S) return hand("long_wait", waited);
  const nextIsLate = since(next?.starts_at, now);
  const runsOver = current?.state === "talking" || current?.state === "feedback";
  if (runsOver && desk.waiting > 0 && nextIsLate >= OVERRUN_S) return hand("overrun", nextIsLate, current.seeker_name);
  const called = since(current?.starts_at, now);
  if (current?.state === "called" && called >= CALL_S) return hand("not_started", called, current.seeker_name);
  if (!desk.is_open && !current && nextIsLate >= RECRUITER_MISSING_S && next?.state !== "late") return hand("closed_desk", nextIsLate);
  const { missing } = desk;
  if (missing) return { ...hand("late", since(missing.starts_at, now), missing.seeker_name), meetingId: missing.meeting_id };
  return null;
}

/** All that needs a hand: those who make somebody wait first, the longest first. */
export function handsOf(desks: readonly DeskCard[], now: number): Hand[] {
  return desks
    .map((desk) => handOf(desk, now))
    .filter((hand): hand is Hand => hand !== null)
    .sort((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind] || b.for_s - a.for_s || a.desk.number - b.desk.number);
}

/** Whether it keeps somebody waiting, or only looks as if it will. */
export function isBad(kind: HandKind): boolean {
  return WEIGHT[kind] <= WEIGHT.overrun;
}

export type Clockface = { kind: "left" | "over" | "waited" | "until" | "none"; seconds: number };

/** The number on a desk's card: time left of what goes on, time waited, or time until the next. */
export function clockface(desk: DeskCard, now: number): Clockface {
  const { current, next } = desk;
  const end = current?.state === "talking" ? current.talk_ends_at : current?.state === "feedback" ? current.feedback_ends_at : null;
  if (end) {
    const left = Math.round((Date.parse(end) - now) / 1000);
    return left < 0 ? { kind: "over", seconds: left } : { kind: "left", seconds: left };
  }
  if (!current && desk.waiting_since) return { kind: "waited", seconds: Math.max(0, Math.round(since(desk.waiting_since, now))) };
  const until = -since(next?.starts_at, now);
  return Number.isFinite(until) && until > 0 ? { kind: "until", seconds: Math.round(until) } : { kind: "none", seconds: 0 };
}

const NOT_HELD = new Set(["cancelled", "moved", "handed_over"]);

export type Day = { meetings: number; held: number; noShows: number; longestWait_s: number; waiting: number };

/** How the day goes by the desks' own counts, which follow every change. */
export function dayOf(desks: readonly DeskCard[], now: number): Day {
  const day: Day = { meetings: 0, held: 0, noShows: 0, longestWait_s: 0, waiting: 0 };
  for (const desk of desks) {
    for (const [state, count] of Object.entries(desk.counts)) {
      if (!NOT_HELD.has(state)) day.meetings += count;
      if (state === "closed" || state === "feedback") day.held += count;
      if (state === "no_show") day.noShows += count;
    }
    day.waiting += desk.waiting;
    day.longestWait_s = Math.max(day.longestWait_s, Math.round(since(desk.waiting_since, now)));
  }
  return { ...day, longestWait_s: Math.max(0, day.longestWait_s) };
}

/** The cards with one of them as it is now; a card of a new desk joins them. */
export function withCard(desks: readonly DeskCard[], card: DeskCard): DeskCard[] {
  const others = desks.filter((desk) => desk.desk_id !== card.desk_id);
  return [...others, card].sort((a, b) => a.number - b.number);
}
