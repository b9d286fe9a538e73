/** What the desk shows now, and what time has to say about it: pure. */
import type { DeskEvent, DeskMeeting, DeskState } from "./types";

export type DeskView = "closed" | "waiting" | "sent" | "room" | "card";

/** What was sent last and can still be taken back. */
export type Undoable = { meetingId: string; name: string; until: string };

export function undoableOf(desk: DeskState, now: number): Undoable | null {
  const found = desk.undoable
    .map(({ id, seeker, scorecard }) => ({ meetingId: id, name: seeker.name, until: scorecard?.undo_until ?? "" }))
    .filter(({ until }) => until !== "" && Date.parse(until) > now)
    .sort((one, other) => Date.parse(other.until) - Date.parse(one.until));
  return found[0] ?? null;
}

/** The whole view of a desk, from its state, the clock and what the recruiter has chosen to look at. */
export function viewOf(desk: DeskState, now: number, chosen: { cardOpened: boolean; unsentId: string | null }): DeskView {
  if (chosen.unsentId && desk.unsent.some((meeting) => meeting.id === chosen.unsentId)) return "card";
  if (desk.now) return chosen.cardOpened || cardIsDue(desk.now, now) ? "card" : "room";
  if (undoableOf(desk, now)) return "sent";
  return desk.is_open ? "waiting" : "closed";
}

/** Whether the scorecard opens by itself: the last minutes of the talk, and after it. */
export function cardIsDue(meeting: DeskMeeting, now: number): boolean {
  if (meeting.state === "feedback") return true;
  if (meeting.state !== "talking" || !meeting.scorecard_opens_at) return false;
  return Date.parse(meeting.scorecard_opens_at) <= now;
}

export type Clockwork = { part: "talk" | "feedback"; seconds: number; total: number };

/** Seconds left of the talk or of the protected feedback time; null when neither runs. */
export function timeLeft(meeting: DeskMeeting, event: DeskEvent, now: number): Clockwork | null {
  const until = (iso: string | null): number | null => (iso ? Math.round((Date.parse(iso) - now) / 1000) : null);
  const talk = until(meeting.talk_ends_at);
  const feedback = until(meeting.feedback_ends_at);
  if (meeting.state === "talking" && talk !== null) {
    const started = meeting.talk_started_at ? Date.parse(meeting.talk_started_at) : null;
    const total = started === null ? event.talk_s : (Date.parse(meeting.talk_ends_at ?? "") - started) / 1000;
    return { part: "talk", seconds: talk, total };
  }
  if (meeting.state === "feedback" && feedback !== null) {
    return { part: "feedback", seconds: feedback, total: event.feedback_s };
  }
  return null;
}

export type Warning = { part: "talk" | "feedback"; minutes: 1 | 2 };

/**
 * The warning that falls due between two readings of the clock, if any.
 *
 * A first reading (`before` null) warns of nothing: a page opened late shows the time, but rings no bell. A jump
 * past both marks tells only the later.
 */
export function warningBetween(before: Clockwork | null, after: Clockwork | null): Warning | null {
  if (!before || !after || before.part !== after.part) return null;
  const marks: (1 | 2)[] = after.part === "talk" ? [1, 2] : [1];
  for (const minutes of marks) {
    const mark = minutes * 60;
    if (before.seconds > mark && after.seconds <= mark && after.seconds > 0) return { part: after.part, minutes };
  }
  return null;
}
