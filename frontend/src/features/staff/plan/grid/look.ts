/** What each cell of a row looks like and is called: made once a row, so that a cell has nothing to work out. */
import { locale, t } from "../../../../lib/i18n.svelte";
import type { GridDesk, GridMeeting } from "../../types";
import type { GridIndex } from "./index";

export type Look = {
  slot: number;
  class: string;
  text: string;
  label: string | undefined;
  title: string | undefined;
  hidden: "true" | undefined;
};
/** What the whole grid is about just now. */
export type Mood = {
  index: GridIndex;
  /** Times of the columns, written out. */
  times: readonly string[];
  /** Which columns begin after a pause. */
  paused: readonly boolean[];
  free: ReadonlySet<number>;
  numbers: ReadonlyMap<number, number>;
  pickedId: string | undefined;
  /** Whose day is followed through the grid. */
  followed: string | undefined;
  /** The meetings that are sought; others step back. */
  sought: ((meeting: GridMeeting) => boolean) | undefined;
};

const PAUSE = { class: "pause", text: "", label: undefined, title: undefined, hidden: "true" } as const;

/** All that a row shows from left to right, pauses among it. */
export function looksOf(desk: GridDesk, row: number, mood: Mood): Look[] {
  const looks: Look[] = [];
  for (const [column, time] of mood.times.entries()) {
    const cell = mood.index.cellAt(row, column);
    const meeting = mood.index.meetingIn(cell);
    if (mood.paused[column]) looks.push({ ...PAUSE, slot: column });
    looks.push({ ...(meeting ? meetingLook(meeting, cell, desk, time, mood) : placeLook(cell, desk, time, mood)), slot: column });
  }
  return looks;
}

/** The sentence with its gaps still open: a large plan fills it thousands of times, and only in one language. */
const sentences = new Map<string, string>();
const [NAME, EMPLOYER, TIME] = ["\u0001", "\u0002", "\u0003"];

function sentence(key: string, make: () => string): string {
  const known = `${locale()} ${key}`;
  let found = sentences.get(known);
  if (found === undefined) sentences.set(known, (found = make()));
  return found;
}

function filled(text: string, name: string, employer: string, time: string): string {
  return text.replace(NAME, () => name).replace(EMPLOYER, () => employer).replace(TIME, () => time);
}

function meetingSentence(form: string, conflict: number, picked: number, pinned: boolean): string {
  return sentence(`${form} ${conflict} ${picked} ${pinned}`, () => {
    const how = t(form === "on_site" ? "common.on_site" : "common.video");
    const text = t("staff.cell_meeting", { name: NAME, employer: EMPLOYER, time: TIME, form: how, conflict, picked });
    return pinned ? `${text}, ${t("plan.pinned")}` : text;
  });
}

function meetingLook(meeting: GridMeeting, cell: number, desk: GridDesk, time: string, mood: Mood): Omit<Look, "slot"> {
  const conflict = mood.index.blocking.has(meeting.id);
  const picked = meeting.id === mood.pickedId;
  const pinned = meeting.is_pinned === true;
  let look = meeting.form === "on_site" ? "c p" : "c v";
  const number = mood.numbers.get(cell) ?? 0;
  if (number) look += " alt";
  else if (conflict) look += " conf";
  if (picked) look += " from";
  else if (meeting.seeker_id === mood.followed) look += " day";
  else if (mood.sought && !mood.sought(meeting)) look += " dim";
  if (meeting.state !== "booked") look += " fixed";
  if (pinned) look += " pin";
  const letters = number ? String(number) : mood.index.initialsOf(meeting);
  const said = meetingSentence(meeting.form, conflict ? 1 : 0, picked ? 1 : 0, pinned);
  return {
    class: look,
    text: letters,
    // What is seen stands in the name too: somebody may say it aloud to press it.
    label: `${letters}, ${filled(said, meeting.seeker_name, desk.employer_name, time)}${number ? `, ${t("plan.can_trade")}` : ""}`,
    title: meeting.seeker_name,
    hidden: undefined,
  };
}

function placeLook(cell: number, desk: GridDesk, time: string, mood: Mood): Omit<Look, "slot"> {
  const open = mood.index.isOpen(cell);
  const free = mood.free.has(cell);
  const number = mood.numbers.get(cell) ?? 0;
  const kind = free ? "fits" : open ? "empty" : "closed";
  const said = sentence(`${kind} ${number}`, () => t(`staff.cell_${kind}`, { employer: EMPLOYER, time: TIME, number }));
  return {
    class: `${open ? "c off" : "c shut"}${free ? " fits" : ""}${number ? " alt" : ""}`,
    text: number ? String(number) : "",
    label: filled(said, "", desk.employer_name, time),
    title: undefined,
    hidden: undefined,
  };
}
