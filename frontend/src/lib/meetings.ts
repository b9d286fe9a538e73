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

/** When a meeting stands in the day: its booked time, or when a drop-in said that they were here. */
export function whenOf(meeting: Pick<MyMeeting, "starts_at" | "ready_at" | "server_time">): string {
  return meeting.starts_at ?? meeting.ready_at ?? meeting.server_time;
}

/** Meetings in the order of the day. */
export function inOrder(meetings: readonly MyMeeting[]): MyMeeting[] {
  return [...meetings].sort((a, b) => whenOf(a).localeCompare(whenOf(b)));
}

/** The meeting that is on now or comes next, if any. */
export function nextMeeting(meetings: readonly MyMeeting[]): MyMeeting | undefined {
  const open = inOrder(meetings).filter((meeting) => !isOver(meeting));
  return open.find((meeting) => phaseOf(meeting) === "in_room") ?? open[0];
}

/** Where somebody is to go on site: the station by its name, or its number. */
export function placeOf(meeting: Pick<MyMeeting, "station" | "event">): string {
  return meeting.station?.name || meeting.event.place;
}
