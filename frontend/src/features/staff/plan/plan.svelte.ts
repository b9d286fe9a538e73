/** The plan of one event: what is picked up, where it can lie, what is sought, and each change with its way back. */
import { announce } from "../../../lib/announce.svelte";
import { api } from "../../../lib/api";
import { t } from "../../../lib/i18n.svelte";
import { asProblem, type Problem } from "../../../lib/problem";
import { remote } from "../../../lib/remote.svelte";
import type { Grid, GridDesk, GridMeeting, GridSeeker, GridSlot, MeetingChange, Trade } from "../types";
import { type Filter, NO_FILTER } from "./grid/filters";
import { GridIndex, type Wanted } from "./grid/index";
import { History } from "./history.svelte";
import { type Alternative, bestPlaces } from "./side/alternatives";
import type { Match } from "./types";
import { layAct, lockAct, moveAct, pinAct, removeAct, tradeAct } from "./acts";

export type Picked = { seeker: GridSeeker } | { meeting: GridMeeting };
export type Spot = { desk_id: string; slot_id: string };
type Refusal = {
  party: "seeker" | "desk" | "recruiter" | "station" | "two" | "other" | "offline";
  /** Whether it is about a meeting that takes two times in a row. */
  takesTwo: boolean;
};

const NO_CELLS: ReadonlySet<number> = new Set();
const NO_TRADES: ReadonlyMap<number, GridMeeting> = new Map();
const MOVABLE: ReadonlySet<string> = new Set(["booked", "late"]);

function refusalOf(problem: Problem): Refusal {
  const takesTwo = problem.extras.takes_two === true;
  if (problem.isOffline) return { party: "offline", takesTwo };
  if (problem.name === "TakesTwoTimes" || problem.extras.reason === "two") return { party: "two", takesTwo: false };
  return { party: (problem.extras.party as Refusal["party"] | null | undefined) ?? "other", takesTwo };
}

/** Why something was not done, in words. */
export function refusalText({ party, takesTwo }: Refusal): string {
  const text = t(`staff.plan_refused_${party}`);
  return takesTwo ? `${text} ${t("plan.takes_two")}` : text;
}

export class Plan {
  readonly base: string;
  readonly view;
  readonly history = new History();
  picked = $state.raw<Picked>();
  filter = $state.raw<Filter>(NO_FILTER);
  /** Somebody whose whole day stands out, without being picked up. */
  dayOf = $state.raw<string>();
  /** A meeting that the grid brings into sight. */
  shown = $state.raw<GridMeeting>();
  busy = $state(false);
  refusal = $state.raw<Refusal>();
  /** What it is worth that somebody meets each employer, by whom it has been asked for. */
  private matches = $state.raw<ReadonlyMap<string, ReadonlyMap<string, Match>>>(new Map());
  /** A meeting that was laid anew when an act was taken back has another id: the ids it had, and what it has now. */
  private readonly renamed = new Map<string, string>();

  readonly index = $derived.by(() => (this.view.data ? new GridIndex(this.view.data) : undefined));
  readonly wanted = $derived.by<Wanted | undefined>(() => this.wantedOf(this.picked));
  readonly free = $derived.by(() => (this.index && this.wanted ? this.index.free(this.wanted) : NO_CELLS));
  /** Those with whom what is picked up can trade times, while nobody has been told of theirs. */
  readonly trades = $derived.by(() =>
    this.index && this.isDraft && this.wanted?.moving ? this.index.trades(this.wanted.moving) : NO_TRADES,
  );
  /** The best places for what is picked up, in order. */
  readonly best = $derived.by<Alternative[]>(() =>
    this.index && this.wanted
      ? bestPlaces(this.index, this.wanted, this.free, this.matches.get(this.wanted.seekerId), this.trades)
      : [],
  );
  readonly numbers = $derived(new Map(this.best.map((place, at) => [this.index?.cellOf(place.deskId, place.slotId) ?? -1, at + 1])));
  readonly pickedMeeting = $derived(this.picked && "meeting" in this.picked ? this.picked.meeting : undefined);
  readonly followed = $derived(this.wanted?.seekerId ?? this.dayOf);

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

  /** Asks once for what is known of somebody's matches; until it comes, their wishes are what counts. */
  private learn(seekerId: string): void {
    if (this.matches.has(seekerId)) return;
    api
      .get<Match[]>(`${this.base}/matches/${seekerId}`)
      .then((found) => {
        const theirs = new Map(found.map((match) => [match.organisation_id, match]));
        this.matches = new Map([...this.matches, [seekerId, theirs]]);
      })
      .catch(() => undefined);
  }

  pickSeeker(seeker: GridSeeker): void {
    this.refusal = undefined;
    this.dayOf = undefined;
    this.picked = { seeker };
    this.learn(seeker.id);
    announce(t("staff.plan_placing", { name: seeker.name, count: this.free.size }));
  }

  /** Picks a meeting up; one that has begun only shows whose day it is part of. */
  pickMeeting(meeting: GridMeeting): void {
    this.refusal = undefined;
    if (!MOVABLE.has(meeting.state)) {
      this.picked = undefined;
      this.dayOf = meeting.seeker_id;
      return;
    }
    this.picked = { meeting };
    announce(t("staff.plan_moving", { name: meeting.seeker_name, count: this.free.size }));
    this.learn(meeting.seeker_id);
  }

  letGo(): void {
    this.picked = undefined;
    this.dayOf = undefined;
    this.refusal = undefined;
  }

  seek(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change };
  }

  /** Lays what is picked up at this place, or lets it trade places with who lies there. */
  async drop(desk: GridDesk, slot: GridSlot): Promise<void> {
    const picked = this.picked;
    if (!picked || this.busy) return;
    const spot = { desk_id: desk.id, slot_id: slot.id };
    const other = this.trades.get(this.index?.cellOf(desk.id, slot.id) ?? -1);
    if ("meeting" in picked && other) await this.trade(picked.meeting, other);
    else if ("meeting" in picked) await moveAct(this, picked.meeting, spot);
    else await layAct(this, picked.seeker.id, picked.seeker.name, spot);
  }

  /** Lets two meetings take each other's place. */
  trade(one: GridMeeting, other: GridMeeting): Promise<void> {
    return tradeAct(this, one, other);
  }

  move(meeting: GridMeeting, spot: Spot): Promise<void> {
    return moveAct(this, meeting, spot);
  }

  /** Takes a meeting out of a draft, or cancels one that people have been told of. */
  remove(meeting: GridMeeting): Promise<void> {
    return removeAct(this, meeting);
  }

  /** Lets a meeting lie where it is, whatever the planner does; or frees it again. */
  pin(meeting: GridMeeting): Promise<void> {
    return pinAct(this, meeting);
  }

  /** Lets a whole desk lie as it is; or frees it again. */
  lock(desk: GridDesk): Promise<void> {
    return lockAct(this, desk);
  }

  /** The id that a meeting has by now. */
  idOf(id: string): string {
    let now = id;
    for (let next = this.renamed.get(now); next; next = this.renamed.get(now)) now = next;
    return now;
  }

  rename(was: string, now: string): void {
    if (was !== now) this.renamed.set(this.idOf(was), now);
  }

  /** Shows changed meetings at once; the whole plan follows. */
  private apply(change: Partial<MeetingChange & Trade> | null | undefined): void {
    const grid = this.view.data;
    const changed = change?.meetings ?? (change?.meeting ? [change.meeting] : []);
    if (!grid || changed.length === 0) return;
    const ids = new Set(changed.map((meeting) => meeting.id));
    const stay = changed.filter(({ state }) => state !== "cancelled" && state !== "moved");
    this.view.set({
      ...grid,
      meetings: [...grid.meetings.filter((one) => !ids.has(one.id)), ...stay],
      conflicts: [...grid.conflicts.filter((one) => !one.meeting_ids.some((id) => ids.has(id))), ...(change?.conflicts ?? [])],
    });
  }

  /** Does something to the plan and gives its answer; undefined when it was refused, which is told. */
  async act<T extends object>(work: () => Promise<T>): Promise<T | undefined> {
    this.busy = true;
    this.refusal = undefined;
    try {
      const answer = await work();
      this.apply(answer);
      this.view.reloadSoon();
      return answer;
    } catch (error) {
      const problem = asProblem(error);
      this.refusal = refusalOf(problem);
      announce(refusalText(this.refusal));
      await this.view.reload();
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
