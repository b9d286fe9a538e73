/** What staff have changed of somebody's meetings since the page last looked, a plain sentence each. Pure. */
import { t } from "../../lib/i18n.svelte";
import { phaseOf, placeOf } from "../../lib/meetings";
import { shortName } from "../../lib/names";
import { clock } from "../../lib/time.svelte";
import type { MyMeeting } from "../../lib/types";

/** `id` is the meeting's: a later sentence about it takes the place of an earlier one. */
export type Changed = { id: string; sentence: () => string };

/** The sentences about meetings that are elsewhere, gone, or new; `before` holds what was shown until now. */
export function changedBetween(before: readonly MyMeeting[], after: readonly MyMeeting[]): Changed[] {
  const known = new Map(before.map((meeting) => [meeting.id, meeting]));
  const found = after.map((meeting) => ({ id: meeting.id, sentence: sentenceOf(known.get(meeting.id), meeting) }));
  return found.filter((one): one is Changed => one.sentence !== null);
}

function sentenceOf(before: MyMeeting | undefined, after: MyMeeting): (() => string) | null {
  const zone = after.event.zone;
  const employer = shortName(after.employer.name);
  const time = (meeting: MyMeeting) => (meeting.starts_at ? clock(meeting.starts_at, zone) : "");
  const ahead = phaseOf(after) === "ahead";
  if (!before || phaseOf(before) === "gone") {
    return ahead && after.starts_at ? () => t("my_day.changed_new", { employer, time: time(after) }) : null;
  }
  if (after.state === "cancelled") return () => t("my_day.changed_cancelled", { employer, time: time(before) });
  if (!after.starts_at || phaseOf(after) === "after") return null;
  if (before.starts_at && before.starts_at !== after.starts_at) {
    return () => t("my_day.changed_time", { employer, time: time(after), before: time(before) });
  }
  if (!ahead) return null;
  const place = placeOf(after);
  if (after.form !== "video" && placeOf(before) !== place) {
    return () => t("my_day.changed_place", { employer, time: time(after), place });
  }
  const name = after.recruiter_name;
  if (name && before.recruiter_name !== name) return () => t("my_day.changed_recruiter", { employer, time: time(after), name });
  return null;
}

/** The sentences with new ones taking the place of older ones about the same meeting. */
export function withChanged(shown: readonly Changed[], news: readonly Changed[]): Changed[] {
  const ids = new Set(news.map((one) => one.id));
  return [...shown.filter((one) => !ids.has(one.id)), ...news];
}
