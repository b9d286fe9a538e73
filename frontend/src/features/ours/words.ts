/** How an employer's figures and dates are said. */
import { t } from "../../lib/i18n.svelte";
import { day, now } from "../../lib/time.svelte";
import type { Vacancy } from "./types";

const DAY_MS = 86_400_000;

/** `6 h 10 min`, `22 min` */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return t("ours.duration", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** How a vacancy stands, and until when. */
export function standingOf(vacancy: Pick<Vacancy, "standing" | "confirmed_at" | "shown_until">): string {
  const days = Math.max(0, Math.floor((now() - Date.parse(vacancy.confirmed_at)) / DAY_MS));
  return t(`vacancy.standing_${vacancy.standing}`, { days, until: day(vacancy.shown_until) });
}
