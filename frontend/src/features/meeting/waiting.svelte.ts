/** What the waiting room says: the place in the queue, how long, and why. */
import { numberWord, t } from "../../lib/i18n.svelte";
import { clock, secondsUntil } from "../../lib/time.svelte";
import type { MyMeeting } from "../../lib/types";

const FAR_AHEAD_S = 1800;

/** The heading says the state, not the name of the page. */
export function waitingHeading(meeting: MyMeeting, now: number): string {
  const { queue, starts_at } = meeting;
  if (meeting.state === "late") return t("waiting.late");
  const far = starts_at !== null && secondsUntil(starts_at, now) > FAR_AHEAD_S;
  if (starts_at && (far || !queue)) return t("waiting.starts_at", { time: clock(starts_at, meeting.event.zone) });
  if (!queue) return t("waiting.in_queue");
  if (queue.position <= 1) return queue.meeting_running ? t("waiting.first") : t("waiting.next");
  return t("waiting.place", { place: numberWord(queue.position, "ordinal") });
}

/** `6–9 minuter`, `Strax`, or nothing when nobody can know. */
export function waitRange(meeting: MyMeeting): string {
  const { queue } = meeting;
  if (!queue || queue.wait_min_s === null || queue.wait_max_s === null) return "";
  const least = Math.floor(queue.wait_min_s / 60);
  const most = Math.ceil(queue.wait_max_s / 60);
  if (most <= 1) return t("waiting.soon");
  if (least === most) return t("waiting.about_minutes", { minutes: most });
  return t("waiting.minutes", { least, most });
}

/** What follows the range, so that both read as one sentence. */
export function waitTail(range: string): string {
  return t(range === t("waiting.soon") ? "waiting.soon_tail" : "waiting.left_probably");
}

/** Why it takes that long, in a sentence. */
export function waitReason(meeting: MyMeeting): string {
  const { queue } = meeting;
  if (!queue) return "";
  return t(`waiting.reason_${queue.reason}`, {
    time: meeting.starts_at ? clock(meeting.starts_at, meeting.event.zone) : "",
  });
}
