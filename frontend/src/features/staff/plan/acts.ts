/** What staff do to a plan by hand. Each act is kept with its way back and forth. */
import { api } from "../../../lib/api";
import { t } from "../../../lib/i18n.svelte";
import { shortName } from "../../../lib/names";
import { clock } from "../../../lib/time.svelte";
import type { GridDesk, GridMeeting, MeetingChange, Trade } from "../types";
import type { Plan, Spot } from "./plan.svelte";
import { namesShort } from "./words";

export async function layAct(plan: Plan, seekerId: string, name: string, spot: Spot): Promise<void> {
  const change = await lay(plan, seekerId, spot);
  if (!change) return;
  plan.letGo();
  const { id } = change.meeting;
  plan.history.add({
    text: said(plan, "staff.plan_laid", name, spot, change),
    undo: () => takeAway(plan, id),
    redo: () => layAgain(plan, id, seekerId, spot),
  });
}

export async function moveAct(plan: Plan, meeting: GridMeeting, spot: Spot): Promise<void> {
  const change = await move(plan, meeting.id, spot);
  if (!change) return;
  plan.letGo();
  const was = change.was?.slot_id ? { desk_id: change.was.desk_id, slot_id: change.was.slot_id } : undefined;
  plan.history.add({
    text: said(plan, "staff.plan_moved", meeting.seeker_name, spot, change),
    undo: async () => was !== undefined && (await move(plan, meeting.id, was)) !== undefined,
    redo: async () => (await move(plan, meeting.id, spot)) !== undefined,
  });
}

/** Two meetings of a draft change places, both or neither; the way back is the same. */
export async function tradeAct(plan: Plan, one: GridMeeting, other: GridMeeting): Promise<void> {
  const [from, to] = [spotOf(one), spotOf(other)];
  if (!(await trade(plan, one.id, from, other.id, to))) return;
  plan.letGo();
  plan.history.add({
    text: t("plan.traded", { name: one.seeker_name, other: other.seeker_name }),
    undo: () => trade(plan, one.id, to, other.id, from),
    redo: () => trade(plan, one.id, from, other.id, to),
  });
}

/** `place` and `other_place` are where the two lie as far as is seen here: if one is elsewhere by now, nothing is done. */
async function trade(plan: Plan, id: string, place: Spot | undefined, otherId: string, other_place: Spot | undefined): Promise<boolean> {
  const wanted = { meeting_id: plan.idOf(id), other_meeting_id: plan.idOf(otherId), place, other_place };
  return (await plan.act(() => api.post<Trade>(`${plan.base}/trades`, wanted))) !== undefined;
}

function spotOf({ desk_id, slot_id }: GridMeeting): Spot | undefined {
  return slot_id ? { desk_id, slot_id } : undefined;
}

export async function removeAct(plan: Plan, meeting: GridMeeting): Promise<void> {
  const draft = plan.isDraft;
  if (!(await takeAway(plan, meeting.id))) return;
  plan.letGo();
  const { desk_id, slot_id, seeker_id } = meeting;
  if (!slot_id) return;
  const spot = { desk_id, slot_id };
  plan.history.add({
    text: t(draft ? "staff.plan_removed" : "staff.plan_cancelled", { name: meeting.seeker_name }),
    undo: async () =>
      draft ? layAgain(plan, meeting.id, seeker_id, spot) : (await move(plan, meeting.id, spot)) !== undefined,
    redo: () => takeAway(plan, meeting.id),
  });
}

export async function pinAct(plan: Plan, meeting: GridMeeting): Promise<void> {
  const pinned = !meeting.is_pinned;
  const set = async (is_pinned: boolean) =>
    (await plan.act(async () => {
      await api.post(`/api/meetings/${plan.idOf(meeting.id)}/pin`, { is_pinned });
      return {};
    })) !== undefined;
  if (!(await set(pinned))) return;
  plan.letGo();
  plan.history.add({
    text: t(pinned ? "plan.was_pinned" : "plan.was_unpinned", { name: meeting.seeker_name }),
    undo: () => set(!pinned),
    redo: () => set(pinned),
  });
}

export async function lockAct(plan: Plan, desk: GridDesk): Promise<void> {
  const locked = !desk.is_locked;
  const set = async (is_locked: boolean) =>
    (await plan.act(async () => {
      await api.patch(`${plan.base}/desks/${desk.id}`, { is_locked });
      return {};
    })) !== undefined;
  if (!(await set(locked))) return;
  plan.history.add({
    text: t(locked ? "plan.was_locked" : "plan.was_unlocked", { employer: shortName(desk.employer_name), number: desk.number }),
    undo: () => set(!locked),
    redo: () => set(locked),
  });
}

function lay(plan: Plan, seekerId: string, spot: Spot): Promise<MeetingChange | undefined> {
  return plan.act(() => api.post<MeetingChange>(`${plan.base}/meetings`, { ...spot, seeker_id: seekerId }));
}

/** Lays a meeting anew where it was; older acts know it by the id it had. */
async function layAgain(plan: Plan, id: string, seekerId: string, spot: Spot): Promise<boolean> {
  const change = await lay(plan, seekerId, spot);
  if (change) plan.rename(id, change.meeting.id);
  return change !== undefined;
}

function move(plan: Plan, id: string, spot: Spot): Promise<MeetingChange | undefined> {
  return plan.act(() => api.post<MeetingChange>(`/api/meetings/${plan.idOf(id)}/move`, spot));
}

async function takeAway(plan: Plan, id: string): Promise<boolean> {
  const done = await plan.act(async () => {
    const path = `/api/meetings/${plan.idOf(id)}`;
    if (plan.isDraft) await api.delete(path);
    else await api.post(`${path}/cancel`);
    return {};
  });
  return done !== undefined;
}

function said(plan: Plan, key: "staff.plan_laid" | "staff.plan_moved", name: string, spot: Spot, change: MeetingChange): string {
  const desk = plan.index?.desks.get(spot.desk_id);
  const slot = plan.index?.slots.get(spot.slot_id);
  const time = slot ? clock(slot.starts_at, plan.zone) : "";
  const text = t(key, { name, employer: shortName(desk?.employer_name), time });
  if (change.told.length === 0) return text;
  return `${text} ${t("staff.plan_told", { names: namesShort(change.told.map((one) => one.name)) })}`;
}
