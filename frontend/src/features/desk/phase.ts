/** What the desk shows now, and what time has to say about it: pure. */
import type { DeskMeeting, DeskPlan, DeskState } from "./types";

export type DeskView = "closed" | "waiting" | "sent" | "room" | "card";

/** The whole view of a desk, from its state, the clock and what the recruiter has chosen to look at. */
export function viewOf(desk: DeskState, now: number, chosen: { cardOpened: boolean; unsentId: string | null }): DeskView {
  if (chosen.unsentId && desk.unsent.some((meeting) => meeting.id === chosen.unsentId)) return "card";
  if (desk.now) return chosen.cardOpened || cardIsDue(desk.now, desk.plan, now) ? "card" : "room";
  if (desk.sent_undoable && Date.parse(desk.sent_undoable.undo_until) > now) return "sent";
  return desk.open ? "waiting" : "closed";
}

/** Whether the scorecard opens by itself: the last minutes of the talk, and after it. */
export function cardIsDue(meeting: DeskMeeting, plan: DeskPlan, now: number): boolean {
  if (meeting.state === "feedback") return true;
  if (meeting.state !== "talking" || !meeting.talk_ends_at) return false;
  return Date.parse(meeting.talk_ends_at) - now <= plan.scorecard_opens_before_s * 1000;
}

export type Clockwork = { part: "talk" | "feedback"; seconds: number; total: number };

/** Seconds left of the talk or of the protected feedback time; null when neither runs. */
export function timeLeft(meeting: DeskMeeting, plan: DeskPlan, now: number): Clockwork | null {
  const until = (iso: string | null): number | null => (iso ? Math.round((Date.parse(iso) - now) / 1000) : null);
  const talk = until(meeting.talk_ends_at);
  const feedback = until(meeting.feedback_ends_at);
  if (meeting.state === "talking" && talk !== null) {
    const started = meeting.talk_started_at ? Date.parse(meeting.talk_started_at) : null;
    const total = started === null ? plan.talk_s : (Date.parse(meeting.talk_ends_at ?? "") - started) / 1000;
    return { part: "talk", seconds: talk, total };
  }
  if (meeting.state === "feedback" && feedback !== null) {
    return { part: "feedback", seconds: feedback, total: plan.feedback_s };
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

/** The first name, for a button and a heading. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
