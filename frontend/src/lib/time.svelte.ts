/**
 * Times as people read them: `10.00`, in the zone of the event, never of the computer by accident.
 *
 * The server's clock is the one that counts; `now()` follows it, whatever this device believes.
 */
import { createSubscriber } from "svelte/reactivity";
import { locale } from "./i18n.svelte";

export const DEFAULT_ZONE = "Europe/Stockholm";
const DAY_MS = 86_400_000;

let skewMs = 0;
const everySecond = createSubscriber((redraw) => {
  const timer = setInterval(redraw, 1000);
  return () => clearInterval(timer);
});

/** Learns the server's clock from a `Date` header, which has whole seconds. */
export function learnServerTime(header: string | null, sentAt: number, receivedAt: number): void {
  if (!header) return;
  const server = Date.parse(header) + 500;
  const skew = server - (sentAt + receivedAt) / 2;
  // Below two seconds the header's own rounding weighs more than the difference.
  if (!Number.isNaN(skew)) skewMs = Math.abs(skew) > 2000 ? skew : 0;
}

/** Now, by the server's clock, in milliseconds. */
export function now(): number {
  return Date.now() + skewMs;
}

/**
 * Now, redrawn every second while anything on the page reads it.
 *
 * The time read is never that of the last redraw: a talk that has just begun would have more left than there is.
 */
export function useNow(): () => number {
  return () => {
    everySecond();
    return now();
  };
}

function tag(): string {
  return locale() === "sv" ? "sv-SE" : "en-GB";
}

function format(iso: string | number | Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(tag(), { timeZone: zone, ...options }).format(new Date(iso));
}

/** `10.00` */
export function clock(iso: string | number | Date, zone = DEFAULT_ZONE): string {
  return format(iso, zone, { hour: "2-digit", minute: "2-digit", hour12: false }).replace(":", ".");
}

/** `10.00–10.15` */
export function clockRange(from: string, to: string, zone = DEFAULT_ZONE): string {
  return `${clock(from, zone)}–${clock(to, zone)}`;
}

/** `tisdag 24 november` */
export function longDay(iso: string | number | Date, zone = DEFAULT_ZONE): string {
  return format(iso, zone, { weekday: "long", day: "numeric", month: "long" }).replace(",", "");
}

/** `24 november` */
export function day(iso: string | number | Date, zone = DEFAULT_ZONE): string {
  return format(iso, zone, { day: "numeric", month: "long" });
}

/** `24 november 2026` */
export function dayOfYear(iso: string | number | Date, zone = DEFAULT_ZONE): string {
  return format(iso, zone, { day: "numeric", month: "long", year: "numeric" });
}

/** `24 nov` */
export function shortDay(iso: string | number | Date, zone = DEFAULT_ZONE): string {
  return format(iso, zone, { day: "numeric", month: "short" }).replace(".", "");
}

/** `2026-11-24`, for comparing days in a zone. */
export function dayKey(iso: string | number | Date, zone = DEFAULT_ZONE): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(new Date(iso));
}

/** The middle of a day given as `2026-11-24`, for showing it. */
export function noon(key: string): string {
  return `${key}T12:00:00Z`;
}

/** The day so many days later, as `2026-11-24`. */
export function plusDays(key: string, days: number): string {
  const date = new Date(noon(key));
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** How many midnights have passed since then: 1 is yesterday, also when that is an hour ago. */
export function daysSince(iso: string): number {
  return Math.max(0, Math.round((Date.parse(noon(dayKey(now()))) - Date.parse(noon(dayKey(iso)))) / DAY_MS));
}

/** True when both instants fall on the same day in `zone`. */
export function sameDay(a: string | number | Date, b: string | number | Date, zone = DEFAULT_ZONE): boolean {
  return dayKey(a, zone) === dayKey(b, zone);
}

/** The reader's own time, when their clock differs from the event's: else null. */
export function ownClock(iso: string, zone = DEFAULT_ZONE): string | null {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const here = clock(iso, own);
  return here === clock(iso, zone) && sameDay(iso, iso, zone) ? null : here;
}

/** Whole seconds from now until `iso`, by the clock given; never less than `floor`. */
export function secondsUntil(iso: string, from: number, floor = -Infinity): number {
  return Math.max(floor, Math.round((Date.parse(iso) - from) / 1000));
}

/** `1.24`, `12.05`, and `+0.40` when time has run out. */
export function countdown(seconds: number): string {
  const rest = Math.abs(seconds);
  const shown = `${Math.floor(rest / 60)}.${String(rest % 60).padStart(2, "0")}`;
  return seconds < 0 ? `+${shown}` : shown;
}
