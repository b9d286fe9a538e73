/** How an employer's figures and dates are said. */
import { t } from "../../lib/i18n.svelte";
import { day, daysSince } from "../../lib/time.svelte";
import type { Vacancy } from "./types";

/** `6 h 10 min`, `22 min` */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return t("ours.duration", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** How a vacancy stands, and until when. */
export function standingOf(vacancy: Pick<Vacancy, "standing" | "confirmed_at" | "shown_until">): string {
  return t(`vacancy.standing_${vacancy.standing}`, { days: daysSince(vacancy.confirmed_at), until: day(vacancy.shown_until) });
}
