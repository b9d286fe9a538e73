/** What a task is called, where it leads, and how the list is put together. Pure. */
import { inSentence, local, t } from "../../lib/i18n.svelte";
import { firstName, shortName } from "../../lib/names";
import { clock, plusDays } from "../../lib/time.svelte";
import type { CaseTask, TaskSeeker, TaskState } from "./types";

export const GROUPS = ["late", "today", "week", "later"] as const;
export type Whose = "mine" | "all";

/** What is to be done, in the words of a list. */
export function titleOf(task: CaseTask, seeker: TaskSeeker): string {
  const step = local(task.step?.title);
  switch (task.kind) {
    case "feedback":
      return t("tasks.read_feedback", { employer: shortName(task.employers[0]?.name) });
    case "need":
      return t("tasks.decide_need", { need: inSentence(local(task.need?.text)) });
    case "step":
      return t(task.step?.status === "running" ? "tasks.follow_up_step" : "tasks.begin_step", { step });
    case "answer":
      return t(task.step?.answer === "no" ? "tasks.said_no" : "tasks.said_yes", { name: firstName(seeker.name), step });
    case "comment":
      return t("tasks.answer_comment", { name: firstName(seeker.name) });
    case "talk":
      return t("tasks.talk", { name: firstName(seeker.name) });
    case "meeting":
      return t(task.meeting?.state === "fixed" ? "tasks.meeting_ahead" : "tasks.meeting_declined", {
        employer: shortName(task.meeting?.employer_name),
      });
    default:
      return task.title;
  }
}

/** Why it is there, where the title does not say it. */
export function reasonOf(task: CaseTask): string {
  if (task.meeting?.starts_at) return clock(task.meeting.starts_at);
  if (task.kind === "talk") return task.title && `”${task.title}”`;
  if (task.kind === "need") return t("tasks.why_need", { count: task.employers.length });
  if (task.kind === "feedback") return t("tasks.why_feedback");
  if (task.kind === "step") return t(task.step?.status === "running" ? "tasks.why_running" : "tasks.why_agreed");
  return "";
}

/** The page on which it is done. */
export function pathOf(task: CaseTask): string {
  if (task.kind === "feedback") return `/seekers/${task.seeker_id}`;
  if (task.kind === "need") return `/seekers/${task.seeker_id}/plan#need-${task.need?.code}`;
  return `/seekers/${task.seeker_id}/plan${task.kind === "meeting" ? "#meetings" : ""}`;
}

/** Those for me: mine, and those that are nobody's in particular. */
export function isMine(task: CaseTask, me: string): boolean {
  return task.assigned_to === null || task.assigned_to === me;
}

export function shown(tasks: readonly CaseTask[], by: { whose: Whose; me: string; seeker: string }): CaseTask[] {
  return tasks.filter(
    (task) => (by.whose === "all" || isMine(task, by.me)) && (!by.seeker || task.seeker_id === by.seeker),
  );
}

/** The most urgent one, for the plate: what is late, else what is due today. */
export function urgent(tasks: readonly CaseTask[]): CaseTask | undefined {
  return tasks.find((task) => task.when === "late") ?? tasks.find((task) => task.when === "today");
}

/** How many there are on each of the coming days, today first: `[day, count]`. */
export function week(tasks: readonly CaseTask[], today: string, days = 5): [string, number][] {
  return Array.from({ length: days }, (_, n) => {
    const day = plusDays(today, n);
    return [day, tasks.filter((task) => task.due_on === day || (n === 0 && task.due_on < day)).length];
  });
}

/** What the server is told to have things as they are. */
export function stateOf(task: CaseTask): TaskState {
  return { done: task.done_at !== null, snoozed_until: task.snoozed_until, assigned_to: task.assigned_to };
}
