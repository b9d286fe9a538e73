/** Who has come, by a part of their name, and what they have today. Pure. */
import type { Arrival, EventSeeker } from "../../types";

export type Came = {
  id: string;
  name: string;
  /** The meeting they come to next, if any. */
  ahead: Arrival | null;
  /** The latest meeting that they missed, when none lies ahead. */
  missed: Arrival | null;
};

const FEW = 6;
const AHEAD = new Set(["booked", "late", "checked_in"]);

/** Whoever has `text` in their name, those with nothing ahead first. */
export function whoCame(seekers: readonly EventSeeker[], arrivals: readonly Arrival[], text: string): Came[] {
  const wanted = text.trim().toLocaleLowerCase("sv");
  if (!wanted) return [];
  const found = seekers
    .filter((one) => one.name.toLocaleLowerCase("sv").includes(wanted))
    .map((one) => {
      const mine = arrivals.filter((arrival) => arrival.seeker_id === one.id);
      const ahead = mine.find((arrival) => AHEAD.has(arrival.state)) ?? null;
      const missed = ahead ? null : (mine.findLast((arrival) => arrival.state === "no_show") ?? null);
      return { id: one.id, name: one.name, ahead, missed };
    });
  return found.sort((a, b) => Number(a.ahead !== null) - Number(b.ahead !== null) || a.name.localeCompare(b.name, "sv")).slice(0, FEW);
}

/** `Java, kundstöd` as the two that they are; an empty field is none. */
export function splitWords(text: string): string[] {
  return [...new Set(text.split(/[,;\n]/).map((word) => word.trim()).filter(Boolean))];
}
