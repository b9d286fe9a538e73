/** What the door knows by itself: codes, names, and who could not be sent yet. Pure. */
import type { Arrival } from "../types";

export type Unsent = { key: string; code?: string; meeting_id?: string; at: string };

/** The code as it is stored, however it was typed or scanned: a link's last part, spaces, small letters. */
export function cleanCode(written: string): string {
  const last = written.trim().split(/[/?=#]/).at(-1) ?? "";
  return last.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

const OVER = new Set(["closed", "no_show", "feedback"]);

/** The meeting of a code; of several, the first that is not over. */
export function findByCode(arrivals: readonly Arrival[], code: string): Arrival | undefined {
  const found = arrivals.filter((one) => one.check_in_code === code);
  return found.find((one) => !OVER.has(one.state)) ?? found[0];
}

/** Whoever has `text` in their name, those who have not come first. */
export function search(arrivals: readonly Arrival[], text: string): Arrival[] {
  const wanted = text.trim().toLocaleLowerCase("sv");
  if (!wanted) return [];
  return arrivals
    .filter((one) => !OVER.has(one.state) && one.seeker_name.toLocaleLowerCase("sv").includes(wanted))
    .sort((a, b) => Number(a.ready_at !== null) - Number(b.ready_at !== null));
}

export function isHere(arrival: Pick<Arrival, "state">): boolean {
  return ["checked_in", "called", "talking"].includes(arrival.state);
}

/** Those whose time is near or has come and who are not here: within `withinMs` from `now`. */
export function awaited(arrivals: readonly Arrival[], now: number, withinMs: number): Arrival[] {
  return arrivals.filter(
    (one) =>
      (one.state === "booked" || one.state === "late") && one.starts_at !== null && Date.parse(one.starts_at) - now <= withinMs,
  );
}

/** The unsent with one more; the same person twice is one. */
export function withUnsent(unsent: readonly Unsent[], one: Unsent): Unsent[] {
  const same = unsent.some((other) => (one.code ? other.code === one.code : other.meeting_id === one.meeting_id));
  return same ? [...unsent] : [...unsent, one];
}

/** What was stored on this device, if it can be read. */
export function parseUnsent(stored: string | null): Unsent[] {
  try {
    const found: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(found) ? found.filter((one): one is Unsent => typeof (one as Unsent)?.key === "string") : [];
  } catch {
    return [];
  }
}
