/** What staff have changed of a desk's line, a plain sentence each. Pure. */
import { t } from "../../lib/i18n.svelte";
import { clock } from "../../lib/time.svelte";
import type { DeskMeeting, DeskState } from "./types";

/** As many as the server shows; who comes after them is not known here. */
const SHOWN_MAX = 6;

/** Who has another time, who is new, and who does not come; that the line moves forward is no change. */
export function lineChanges(earlier: DeskState, later: DeskState, now: number): string[] {
  const zone = later.event.zone;
  const before = byId(earlier);
  const after = byId(later);
  const time = (meeting: DeskMeeting) => (meeting.starts_at ? clock(meeting.starts_at, zone) : "");
  const found: string[] = [];
  for (const meeting of later.next) {
    const was = before.get(meeting.id);
    const { name } = meeting.seeker;
    if (was && was.starts_at && meeting.starts_at && was.starts_at !== meeting.starts_at) {
      found.push(t("desk.changed_time", { name, time: time(meeting), before: time(was) }));
    } else if (!was && meeting.starts_at && isSeen(earlier, meeting)) {
      found.push(t("desk.changed_new", { name, time: time(meeting) }));
    }
  }
  for (const was of earlier.next) {
    const isAhead = was.starts_at !== null && Date.parse(was.starts_at) > now;
    if (!after.has(was.id) && isAhead && isSeen(later, was)) {
      found.push(t("desk.changed_cancelled", { name: was.seeker.name, time: time(was) }));
    }
  }
  return found;
}

function byId(desk: DeskState): Map<string, DeskMeeting> {
  const all = [...desk.next, ...desk.unsent, ...(desk.now ? [desk.now] : [])];
  return new Map(all.map((meeting) => [meeting.id, meeting]));
}

/** Whether a meeting at that time would be among those that the server shows of the line. */
function isSeen(desk: DeskState, meeting: DeskMeeting): boolean {
  const last = desk.next.at(-1)?.starts_at;
  return desk.next.length < SHOWN_MAX || (!!last && !!meeting.starts_at && meeting.starts_at < last);
}
