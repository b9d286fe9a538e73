/** What a meeting's state means to the seeker who has it. */
import type { MeetingState, MyMeeting } from "./types";

const OVER: readonly MeetingState[] = ["closed", "no_show", "cancelled", "moved", "handed_over"];
const IN_ROOM: readonly MeetingState[] = ["called", "talking"];

export type Phase = "ahead" | "in_room" | "after" | "gone";

/** Where the seeker stands: before the talk, in it, after it, or without it. */
export function phaseOf(meeting: Pick<MyMeeting, "state">): Phase {
  if (IN_ROOM.includes(meeting.state)) return "in_room";
  if (meeting.state === "feedback" || meeting.state === "closed") return "after";
  return OVER.includes(meeting.state) ? "gone" : "ahead";
}

export function isOver(meeting: Pick<MyMeeting, "state">): boolean {
  const phase = phaseOf(meeting);
  return phase === "after" || phase === "gone";
}

/** The meeting that is on now or comes next, if any. */
export function nextMeeting<M extends Pick<MyMeeting, "state" | "starts_at">>(meetings: readonly M[]): M | undefined {
  const open = meetings.filter((meeting) => !isOver(meeting));
  return (
    open.find((meeting) => phaseOf(meeting) === "in_room") ??
    open.sort((a, b) => a.starts_at.localeCompare(b.starts_at))[0]
  );
}

/** The first name, for sentences that speak of somebody just met. */
export function firstName(name: string | null | undefined): string {
  return name?.trim().split(/\s+/)[0] ?? "";
}
