/** What the hall may read: first names, with one letter more where two are called the same. Pure. */
import type { DeskCard } from "../types";

/** The name of each meeting's job seeker for everybody's eyes. */
export function hallNames(desks: readonly DeskCard[]): Map<string, string> {
  const meetings = desks.flatMap((desk) => [desk.current, desk.next]).filter((one) => one !== null);
  const people = new Map<string, Set<string>>();
  for (const { seeker_name } of meetings) {
    const first = firstOf(seeker_name);
    people.set(first, (people.get(first) ?? new Set()).add(seeker_name));
  }
  const shown = new Map<string, string>();
  for (const meeting of meetings) {
    const first = firstOf(meeting.seeker_name);
    const alone = (people.get(first)?.size ?? 0) < 2;
    const letter = meeting.seeker_name.trim().split(/\s+/).at(-1)?.charAt(0) ?? "";
    shown.set(meeting.meeting_id, alone ? first : `${first} ${letter}`);
  }
  return shown;
}

function firstOf(name: string): string {
  return name.trim().split(/\s+/)[0] ?? "";
}

/** Desks that have called somebody who is to go there now. */
export function calls(desks: readonly DeskCard[]): DeskCard[] {
  return desks.filter((desk) => desk.activity === "called" && desk.current?.form !== "video");
}
