/** What does not fit, in words: who, where and when. */
import { t } from "../../../../lib/i18n.svelte";
import { shortName } from "../../../../lib/names";
import { clock } from "../../../../lib/time.svelte";
import type { GridConflict } from "../../types";
import type { Plan } from "../plan.svelte";

export function conflictText(conflict: GridConflict, plan: Pick<Plan, "index" | "zone">): string {
  const employers = conflict.meeting_ids.map((id) => {
    const meeting = plan.index?.meetings.get(id);
    return shortName((meeting && plan.index?.desks.get(meeting.desk_id)?.employer_name) ?? conflict.employer_name);
  });
  const [employer = conflict.employer_name, other = employer] = [...new Set(employers)];
  return t(`staff.conflict_${conflict.code}`, {
    name: conflict.seeker_name,
    employer,
    other,
    count: conflict.meeting_ids.length,
    time: conflict.starts_at ? clock(conflict.starts_at, plan.zone) : "",
  });
}
