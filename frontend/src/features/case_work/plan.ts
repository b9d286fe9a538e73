/** Steps of a plan in words, and what is sent to change one. Pure. */
import { local, t } from "../../lib/i18n.svelte";
import { day, noon, shortDay } from "../../lib/time.svelte";
import type { PlanStep } from "./types";

export type Status = PlanStep["status"];
export type StepDraft = {
  measure: string | null;
  title: string;
  starts_on: string;
  ends_on: string | null;
  responsible: PlanStep["responsible"];
  feedback_ids: string[];
};
/** The refusals that have words of their own. */
export const REFUSALS = [
  "SeekerHasNotSaidYes",
  "WasChanged",
  "EndsBeforeItStarts",
  "MeasureNotValid",
  "FeedbackNotShared",
  "TooManySteps",
  "NothingToDo",
] as const;

/** What a step is called: its own words, else its measure. */
export function nameOf(step: Pick<PlanStep, "title" | "measure">): string {
  return step.title || local(step.measure?.title);
}

/** `7 dec–8 jan`, or the first day alone. */
export function daysOf(step: Pick<PlanStep, "starts_on" | "ends_on">): string {
  const first = noon(step.starts_on);
  if (!step.ends_on) return t("my_plan.from_day", { day: day(first) });
  if (step.ends_on === step.starts_on) return day(first);
  return `${shortDay(first)}–${shortDay(noon(step.ends_on))}`;
}

/** How it stands with a step, told apart by who has the next word. */
export function stateOfStep(step: Pick<PlanStep, "status" | "answer">): "asked" | "agreed" | "refused" | "running" | "done" | "cancelled" {
  if (step.status !== "proposed") return step.status;
  return step.answer === "yes" ? "agreed" : step.answer === "no" ? "refused" : "asked";
}

export const STATE_COLOR = { asked: "now", agreed: "ok", refused: "warn", running: "mine", done: "ok", cancelled: undefined } as const;

/** A step as it stands, to be sent with something changed. */
export function draftOf(step: PlanStep): StepDraft & { status: Status; version: number } {
  return {
    measure: step.measure?.code ?? null,
    title: step.title,
    starts_on: step.starts_on,
    ends_on: step.ends_on,
    responsible: step.responsible,
    feedback_ids: step.sources.map((one) => one.feedback_id),
    status: step.status,
    version: step.version,
  };
}

/** The steps' ids with one of them moved a place up or down; as they were where there is no such place. */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const from = ids.indexOf(id);
  const to = from + by;
  const next = [...ids];
  const other = next[to];
  if (from < 0 || other === undefined) return next;
  next[to] = id;
  next[from] = other;
  return next;
}
