/** One thing that has happened: looking for ways out, choosing one, carrying it out, taking it back. */
import { tick } from "svelte";
import { announce } from "../../../../lib/announce.svelte";
import { api } from "../../../../lib/api";
import { locale, t } from "../../../../lib/i18n.svelte";
import { asProblem, type Problem } from "../../../../lib/problem";
import { toast } from "../../../../lib/toast.svelte";
import type { Happening, Repaired, RepairOption, Repairs } from "./types";
import { namesOf } from "./words";

export type Phase = "looking" | "offered" | "none" | "gone" | "over" | "offline" | "other";
const UNDO_FOR_MS = 20_000;

export class Repair {
  /** What has happened; the dialog is open while there is anything. */
  happening = $state.raw<Happening>();
  found = $state.raw<Repairs>();
  phase = $state<Phase>("looking");
  /** The plan changed while somebody was choosing: these options are new. */
  isNew = $state(false);
  chosen = $state(0);
  busy = $state(false);
  private readonly base: string;
  private asked = 0;
  private listening?: AbortController;

  constructor(
    eventId: string,
    private readonly changed: () => void,
  ) {
    this.base = `/api/recruitment-events/${eventId}/repairs`;
  }

  get option(): RepairOption | undefined {
    return this.found?.options[this.chosen];
  }

  /** Asks what could be done; another question meanwhile makes this one's answer void. */
  async look(happening: Happening): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const { signal } = this.listen();
    this.happening = happening;
    this.phase = "looking";
    this.isNew = false;
    try {
      const found = await api.post<Repairs>(this.base, happening, { retryAfterMs: [], signal });
      if (mine === this.asked) this.show(found);
    } catch (error) {
      if (mine === this.asked) this.refuse(asProblem(error));
    }
  }

  again(): void {
    if (this.happening) void this.look(this.happening);
  }

  close(): void {
    this.asked += 1;
    this.listening?.abort();
    this.happening = undefined;
    this.found = undefined;
  }

  async confirm(): Promise<void> {
    const { option, happening } = this;
    if (!option || !happening || this.busy) return;
    this.busy = true;
    try {
      const done = await api.post<Repaired>(`${this.base}/confirm`, bodyOf(option, happening));
      this.close();
      this.changed();
      const names = namesOf(done.told, locale());
      const { undo } = done;
      toast(names ? t("live.repair_done", { names }) : t("live.repair_done_quiet"), {
        undo: undo ? () => void this.takeBack(undo) : undefined,
        forMs: UNDO_FOR_MS,
      });
    } catch (error) {
      const problem = asProblem(error);
      const repairs = problem.extras.repairs as Repairs | null | undefined;
      if (problem.name === "PlanHasChanged" && repairs) {
        this.show(repairs);
        this.isNew = true;
        announce(t("live.repair_changed"));
      } else this.refuse(problem);
      this.changed();
    } finally {
      this.busy = false;
    }
  }

  /** Whoever asks anew does not wait for the last answer any more, nor need the server. */
  private listen(): AbortController {
    this.listening?.abort();
    this.listening = new AbortController();
    return this.listening;
  }

  private async takeBack(undo: NonNullable<Repaired["undo"]>): Promise<void> {
    try {
      const done = await api.post<Repaired>(`${this.base}/confirm`, undo);
      const names = namesOf(done.told, locale());
      toast(names ? t("live.repair_back", { names }) : t("live.repair_back_quiet"));
    } catch (error) {
      toast(t(asProblem(error).isOffline ? "live.repair_offline" : "live.repair_no_undo"));
    }
    this.changed();
  }

  private show(found: Repairs): void {
    this.found = found;
    this.chosen = 0;
    this.phase = found.options.length > 0 ? "offered" : "none";
    announce(found.options.length > 0 ? t("live.options_found", { count: found.options.length }) : t("live.repair_none"));
    void tick().then(() => {
      // Whoever has begun to do something else keeps their place.
      const here = document.activeElement;
      if (here?.closest("dialog") && !here.matches("input")) document.querySelector<HTMLElement>(".rp-focus")?.focus();
    });
  }

  private refuse(problem: Problem): void {
    this.found = undefined;
    if (problem.isOffline) this.phase = "offline";
    else if (problem.name === "EventNotRunning") this.phase = "over";
    else if (problem.name === "MeetingHasBegun" || problem.name === "PlanHasChanged") this.phase = "gone";
    else this.phase = "other";
  }
}

/** What is sent to have an option carried out. */
export function bodyOf(option: RepairOption, happening: Happening): unknown {
  const place = (spot: { desk_id: string; slot_id: string } | null) => spot && { desk_id: spot.desk_id, slot_id: spot.slot_id };
  return {
    happening,
    changes: option.changes.map((change) => ({
      seeker_id: change.seeker_id,
      organisation_id: change.organisation_id,
      before: place(change.before),
      after: place(change.after),
      reason: change.reason,
    })),
    desks: option.desks.map(({ desk_id, recruiter_before, recruiter_id, station_id, on_duty_until }) => ({
      desk_id,
      recruiter_before,
      recruiter_id,
      station_id,
      on_duty_until,
    })),
    pools: option.pools,
    away: option.away.map(({ person_id, until, until_before }) => ({ person_id, until, until_before })),
  };
}
