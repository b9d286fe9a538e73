/** Where an event stands for those who run it, and what to do with it next. */
import type { EventBrief } from "./types";

export type Stage = "empty" | "seekers" | "plan" | "ahead" | "live" | "over";
type Facts = Pick<EventBrief, "status" | "starts_at" | "ends_at" | "employers" | "seekers">;

const HOUR_MS = 3_600_000;
/** The doors open a while before the first start. */
const DOORS_MS = HOUR_MS;

/** The stage of an event at the instant `now`. */
export function stageOf(event: Facts, now: number): Stage {
  if (now > Date.parse(event.ends_at)) return "over";
  if (event.status === "published") return now >= Date.parse(event.starts_at) - DOORS_MS ? "live" : "ahead";
  if (event.status !== "draft") return "over";
  if (event.employers === 0) return "empty";
  return event.seekers === 0 ? "seekers" : "plan";
}

const NEXT: Record<Stage, string> = {
  empty: "import",
  seekers: "import",
  plan: "plan",
  ahead: "plan",
  live: "live",
  over: "live",
};

/** The page of the event to go to next. */
export function nextPage(id: string, stage: Stage): string {
  return `/events/${id}/${NEXT[stage]}`;
}

const WEIGHT: Record<Stage, number> = { live: 0, plan: 1, seekers: 1, empty: 1, ahead: 2, over: 3 };

/** What runs now first, then what waits for work, then what is ahead; the past last, newest first. */
export function inOrder<T extends Facts>(events: readonly T[], now: number): T[] {
  return [...events].sort((a, b) => {
    const [one, other] = [stageOf(a, now), stageOf(b, now)];
    if (WEIGHT[one] !== WEIGHT[other]) return WEIGHT[one] - WEIGHT[other];
    return one === "over" ? b.starts_at.localeCompare(a.starts_at) : a.starts_at.localeCompare(b.starts_at);
  });
}
