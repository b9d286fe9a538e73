/** Why a job might fit, line by line: what is there, and what is missing. Never a sum of a person. */
import { listed, t } from "../../lib/i18n.svelte";
import { day, daysSince, now, sameDay } from "../../lib/time.svelte";
import type { Asked, Job } from "./types";

export type Line = { fits: boolean; text: string };
type Why = Pick<Job, "required" | "merits" | "work_form"> & { met?: Job["met"] };

const CONFIRMED = ["employer_confirmed", "credential"];

function labels(asked: readonly Asked[], keep: (one: Asked) => boolean): string[] {
  return asked.filter(keep).map(({ label }) => label);
}

function confirmed(one: Asked): boolean {
  return one.has && CONFIRMED.includes(one.evidence ?? "");
}

/** The lines of a job for its reader. */
export function whyLines({ required, merits, work_form, met }: Why): Line[] {
  const lines: Line[] = [];
  const add = (fits: boolean, found: string[], key: "jobs.why_confirmed" | "jobs.why_told" | "jobs.why_merits" | "jobs.why_missing") => {
    if (found.length > 0) lines.push({ fits, text: t(key, { list: listed(found) }) });
  };
  if (met?.is_held && met.at) {
    lines.push({ fits: true, text: sameDay(met.at, now()) ? t("jobs.why_met_today") : t("jobs.why_met", { day: day(met.at) }) });
  }
  if (required.length > 1 && required.some(({ has }) => has)) {
    const had = required.filter(({ has }) => has).length;
    lines.push({ fits: true, text: t("jobs.why_count", { had, of: required.length }) });
  }
  add(true, labels(required, confirmed), "jobs.why_confirmed");
  add(true, labels(required, (one) => one.has && !confirmed(one)), "jobs.why_told");
  add(true, labels(merits, ({ has }) => has), "jobs.why_merits");
  if (work_form === "remote") lines.push({ fits: true, text: t("jobs.why_remote") });
  add(false, labels(required, ({ has }) => !has), "jobs.why_missing");
  return lines;
}

/** When somebody last said that the job is still there: *bekräftat i går*. */
export function confirmedWhen(at: string): string {
  return t("jobs.confirmed", { days: daysSince(at) });
}
