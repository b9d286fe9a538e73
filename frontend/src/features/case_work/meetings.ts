/** Times of three-party meetings. Pure. */
import { clock, longDay } from "../../lib/time.svelte";
import type { ThreePartyMeeting } from "./types";

export const MEETING_COLOR: Record<ThreePartyMeeting["state"], "now" | "mine" | "ok" | undefined> = {
  asking_seeker: "now",
  asking_employer: "mine",
  fixed: "ok",
  declined: undefined,
  cancelled: undefined,
};

/** `tisdag 24 november 10.00` */
export function whenOf(iso: string): string {
  return `${longDay(iso)} ${clock(iso)}`;
}

/** What a field for a local date and time holds, as an instant; nothing for an empty or broken one. */
export function instantOf(local: string): string | null {
  const at = new Date(local);
  return local && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}

/** The instants of those fields that are filled in, each once, in order. */
export function instantsOf(fields: readonly string[]): string[] {
  return [...new Set(fields.map(instantOf).filter((one): one is string => one !== null))].sort();
}
