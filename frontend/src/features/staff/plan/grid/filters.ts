/** What is sought in the plan: which rows stay, and which meetings stand out. Pure. */
import type { GridDesk, GridMeeting } from "../../types";
import type { GridIndex } from "./index";

export type Filter = {
  text: string;
  form: "" | "video" | "on_site";
  conflicts: boolean;
  free: boolean;
  /** Those with so many meetings; `MANY` is that or more. */
  meetings: number | undefined;
};

export const NO_FILTER: Filter = { text: "", form: "", conflicts: false, free: false, meetings: undefined };
/** From here on the number of somebody's meetings is counted as one lot. */
export const MANY = 3;

export function isFiltering(filter: Filter): boolean {
  return filter.text.trim() !== "" || filter.form !== "" || filter.conflicts || filter.free || filter.meetings !== undefined;
}

/** In how many lots people are counted: none, one, two, three or more meetings. */
export function lotOf(meetings: number): number {
  return Math.min(MANY, meetings);
}

function words(filter: Filter): string {
  return filter.text.trim().toLocaleLowerCase("sv");
}

function isCalled(name: string | null | undefined, sought: string): boolean {
  return name?.toLocaleLowerCase("sv").includes(sought) ?? false;
}

function deskIsCalled(desk: GridDesk, sought: string): boolean {
  return isCalled(desk.employer_name, sought) || isCalled(desk.recruiter_name, sought) || String(desk.number) === sought;
}

/** Whether a meeting is one of those that are sought; undefined when no meeting is sought in particular. */
export function soughtBy(index: GridIndex, filter: Filter): ((meeting: GridMeeting) => boolean) | undefined {
  const text = words(filter);
  const tests: ((meeting: GridMeeting) => boolean)[] = [];
  if (text) {
    const rows = new Set(index.grid.desks.filter((desk) => deskIsCalled(desk, text)).map((desk) => desk.id));
    tests.push((meeting) => rows.has(meeting.desk_id) || isCalled(meeting.seeker_name, text));
  }
  if (filter.conflicts) tests.push((meeting) => index.blocking.has(meeting.id));
  if (filter.meetings) tests.push((meeting) => lotOf(index.days.get(meeting.seeker_id)?.length ?? 0) === filter.meetings);
  return tests.length > 0 ? (meeting) => tests.every((test) => test(meeting)) : undefined;
}

/** The desks that stay, by their row in the whole plan. */
export function rowsShown(index: GridIndex, filter: Filter): number[] {
  const text = words(filter);
  const sought = soughtBy(index, filter);
  const rows = [...index.grid.desks.keys()];
  if (!isFiltering(filter)) return rows;
  const withSought = new Set<string>();
  if (sought) for (const meeting of index.meetings.values()) if (sought(meeting)) withSought.add(meeting.desk_id);
  return rows.filter((row) => {
    const desk = index.grid.desks[row];
    if (!desk) return false;
    if (filter.form && desk.form !== filter.form && desk.form !== "hybrid") return false;
    if (filter.free && index.freeIn(row) === 0) return false;
    if (!sought || withSought.has(desk.id)) return true;
    return text !== "" && !filter.conflicts && !filter.meetings && deskIsCalled(desk, text);
  });
}
