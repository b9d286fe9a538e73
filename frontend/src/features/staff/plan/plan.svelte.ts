/** The plan of one event: what is picked up, where it can lie, and each change with its way back. */
import { announce } from "../../../lib/announce.svelte";
import { api } from "../../../lib/api";
import { t } from "../../../lib/i18n.svelte";
import { asProblem } from "../../../lib/problem";
import { remote } from "../../../lib/remote.svelte";
import { clock } from "../../../lib/time.svelte";
import { toast } from "../../../lib/toast.svelte";
import type { Alternative, Grid, GridDesk, GridMeeting, GridSeeker, GridSlot, MeetingChange, Planned } from "../types";
import { cellKey, GridIndex, type Suggestion, type Wanted } from "./grid";

export type Picked = { seeker: GridSeeker } | { meeting: GridMeeting };
export type Numbered = { deskId: string; slotId: string; starts_at: string; rank: number | null };
type Refusal = { party: "seeker" | "desk" | "recruiter" | "station" | "other" | "offline" };

const BEST_MAX = 3;
const NO_CELLS: ReadonlySet<string> = new Set();

export class Plan {
  readonly base: string;
  readonly view;
  picked = $state.raw<Picked>();
  busy = $state(false);
  refusal = $state.raw<Refusal>();
  private alternatives = $state.raw<Alternative[]>([]);

  readonly index = $derived.by(() => (this.view.data ? new GridIndex(this.view.data) : undefined));
  readonly wanted = $derived.by<Wanted | undefined>(() => this.wantedOf(this.picked));
  readonly free = $derived.by(() => (this.index && this.wanted ? this.index.free(this.wanted) : NO_CELLS));
  /** The best places for what is picked up, in order. */
  readonly best = $derived.by<Numbered[]>(() => this.bestOf(this.picked));
  readonly numbers = $derived(new Map(this.best.map((place, at) => [cellKey(place.deskId, place.slotId), at + 1])));

  constructor(readonly eventId: string) {
    this.base = `/api/recruitment-events/${eventId}`;
    this.view = remote(() => api.get<Grid>(`${this.base}/grid`));
  }

  get isDraft(): boolean {
    return this.view.data?.event.status === "draft";
  }

  get zone(): string | undefined {
    return this.view.data?.event.zone;
  }

  private wantedOf(picked: Picked | undefined): Wanted | undefined {
    if (!picked) return undefined;
    if ("seeker" in picked) return { seekerId: picked.seeker.id, seeker: picked.seeker };
    const { seeker_id } = picked.meeting;
    return { seekerId: seeker_id, moving: picked.meeting, seeker: this.index?.seekers.get(seeker_id) };
  }

  private bestOf(picked: Picked | undefined): Numbered[] {
    if (!picked || !this.index) return [];
    if ("meeting" in picked) {
      return this.alternatives.slice(0, BEST_MAX).map((one) => ({ deskId: one.desk_id, slotId: one.slot_id, starts_at: one.starts_at, rank: null }));
    }
    const suggested: Suggestion[] = this.index.suggest(picked.seeker);
    return suggested.map(({ desk, slot, rank }) => ({ deskId: desk.id, slotId: slot.id, starts_at: slot.starts_at, rank }));
  }

  pickSeeker(seeker: GridSeeker): void {
    this.refusal = undefined;
    this.picked = { seeker };
    announce(t("staff.plan_placing", { name: seeker.name, count: this.free.size }));
  }

  pickMeeting(meeting: GridMeeting): void {
    this.refusal = undefined;
    this.alternatives = [];
    this.picked = { meeting };
    announce(t("staff.plan_moving", { name: meeting.seeker_name, count: this.free.size }));
    api
      .get<Alternative[]>(`/api/meetings/${meeting.id}/alternatives`)
      .then((found) => {
        if (this.picked && "meeting" in this.picked && this.picked.meeting.id === meeting.id) this.alternatives = found;
      })
      // Without alternatives the free cells still show where it can go.
      .catch(() => undefined);
  }

  letGo(): void {
    this.picked = undefined;
    this.refusal = undefined;
    this.alternatives = [];
  }

  /** Lays what is picked up at this place. */
  async drop(desk: GridDesk, slot: GridSlot): Promise<void> {
    const picked = this.picked;
    if (!picked || this.busy) return;
    const place = { desk_id: desk.id, slot_id: slot.id };
    if ("meeting" in picked) await this.move(picked.meeting, place);
    else await this.lay(picked.seeker.id, picked.seeker.name, place);
  }

  private async lay(seekerId: string, name: string, place: { desk_id: string; slot_id: string }): Promise<void> {
    const change = await this.act(() =>
      api.post<MeetingChange>(`${this.base}/meetings`, { ...place, seeker_id: seekerId }),
    );
    if (!change) return;
    this.letGo();
    toast(this.said("staff.plan_laid", name, place, change), { undo: () => void this.remove(change.meeting, true) });
  }

  async move(meeting: GridMeeting, place: { desk_id: string; slot_id: string }): Promise<void> {
    const change = await this.act(() => api.post<MeetingChange>(`/api/meetings/${meeting.id}/move`, place));
    if (!change) return;
    this.letGo();
    const back = change.was?.slot_id ? { desk_id: change.was.desk_id, slot_id: change.was.slot_id } : undefined;
    toast(this.said("staff.plan_moved", meeting.seeker_name, place, change), {
      undo: back && (() => void this.act(() => api.post(`/api/meetings/${meeting.id}/move`, back))),
    });
  }

  /** Takes a meeting out of a draft, or cancels one that people have been told of. */
  async remove(meeting: GridMeeting, quietly = false): Promise<void> {
    const draft = this.isDraft;
    const done = await this.act(async () => {
      if (draft) await api.delete(`/api/meetings/${meeting.id}`);
      else await api.post(`/api/meetings/${meeting.id}/cancel`);
      return true;
    });
    if (!done) return;
    this.letGo();
    if (quietly || !meeting.slot_id) return;
    const place = { desk_id: meeting.desk_id, slot_id: meeting.slot_id };
    toast(t(draft ? "staff.plan_removed" : "staff.plan_cancelled", { name: meeting.seeker_name }), {
      undo: () =>
        void this.act(() =>
          draft
            ? api.post(`${this.base}/meetings`, { ...place, seeker_id: meeting.seeker_id })
            : api.post(`/api/meetings/${meeting.id}/move`, place),
        ),
    });
  }

  /** Lets the planner fill what is free; an empty plan can be emptied again. */
  async propose(): Promise<void> {
    const wasEmpty = this.view.data?.meetings.length === 0;
    const planned = await this.act(() => api.post<Planned>(`${this.base}/plan`, {}));
    if (!planned) return;
    this.letGo();
    await this.view.reload();
    const without = this.view.data?.unplaced.filter((seeker) => seeker.meetings === 0).length ?? 0;
    toast(t("staff.plan_proposed", { laid: planned.laid, without }), {
      undo: wasEmpty && planned.laid > 0 ? () => void this.act(() => api.delete(`${this.base}/plan`)) : undefined,
    });
  }

  private said(
    key: "staff.plan_laid" | "staff.plan_moved",
    name: string,
    place: { desk_id: string; slot_id: string },
    change: MeetingChange,
  ): string {
    const desk = this.index?.desks.get(place.desk_id);
    const slot = this.index?.slots.get(place.slot_id);
    const text = t(key, {
      name,
      employer: desk?.employer_name ?? "",
      time: slot ? clock(slot.starts_at, this.zone) : "",
    });
    return change.told.length > 0 ? `${text} ${t("staff.plan_told", { names: change.told.map((one) => one.name).join(", ") })}` : text;
  }

  /** Shows a changed meeting at once; the whole plan follows. */
  private apply(change: Partial<MeetingChange> | boolean | undefined): void {
    const grid = this.view.data;
    if (!grid || typeof change !== "object" || !change.meeting) return;
    const { meeting, conflicts = [] } = change;
    const gone = meeting.state === "cancelled" || meeting.state === "moved";
    this.view.set({
      ...grid,
      meetings: [...grid.meetings.filter((one) => one.id !== meeting.id), ...(gone ? [] : [meeting])],
      conflicts: [...grid.conflicts.filter((one) => !one.meeting_ids.includes(meeting.id)), ...conflicts],
    });
  }

  private async act<T>(work: () => Promise<T>): Promise<T | undefined> {
    this.busy = true;
    this.refusal = undefined;
    try {
      const answer = await work();
      this.apply(answer as Partial<MeetingChange> | boolean | undefined);
      this.view.reloadSoon();
      return answer;
    } catch (error) {
      const problem = asProblem(error);
      const party = problem.extras.party as Refusal["party"] | undefined;
      this.refusal = { party: problem.isOffline ? "offline" : (party ?? "other") };
      if (problem.name === "SlotTaken" && this.picked && "meeting" in this.picked) {
        this.alternatives = (problem.extras.alternatives as Alternative[] | undefined) ?? [];
      }
      announce(t(`staff.plan_refused_${this.refusal.party}`));
      await this.view.reload();
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
