/**
 * Asking the planner for a plan and following it until it lies.
 *
 * How far it has come is told by the event's stream, and asked for now and then in case that is silent. The window that
 * asked for a plan lays it when it is done, also after it was loaded anew; others see the same plan come about.
 */
import { announce } from "../../../../lib/announce.svelte";
import { api } from "../../../../lib/api";
import { t } from "../../../../lib/i18n.svelte";
import { asProblem, type Problem } from "../../../../lib/problem";
import { remote } from "../../../../lib/remote.svelte";
import { toast } from "../../../../lib/toast.svelte";
import type { Plan } from "../plan.svelte";
import type { LaidPlan, PlanningRun, RunOptions, RunStatus, Stage } from "../types";

const ASK_EVERY_MS = 2000;
const ACTIVE: ReadonlySet<RunStatus> = new Set(["queued", "running"]);
type Progress = { run_id: string; status: RunStatus; stage: Stage | ""; progress_pct: number };
export type Wish = Partial<Pick<RunOptions, "meetings_max" | "meetings_min" | "keep" | "parity">>;

export class Making {
  readonly view;
  busy = $state(false);
  problem = $state.raw<Problem>();
  /** A run whose end has been seen, and is not told of any more. */
  private dismissed = $state.raw<string>();
  private readonly kept: string;
  private heardAt = 0;

  readonly runs = $derived.by<PlanningRun[]>(() => this.view.data ?? []);
  readonly active = $derived(this.runs.find((run) => ACTIVE.has(run.status)));
  /** The plan that was laid last and can be taken back. */
  readonly current = $derived(this.runs.find((run) => run.is_current));
  /** The newest run, when it ended without a plan. */
  readonly stopped = $derived.by(() => {
    const [newest] = this.runs;
    return newest && ["failed", "lost"].includes(newest.status) && newest.id !== this.dismissed ? newest : undefined;
  });
  /** The newest run, when its plan has not been laid. */
  readonly ready = $derived.by(() => {
    const [newest] = this.runs;
    const waits = newest?.status === "done" && !newest.laid_at && newest.id !== this.dismissed && newest.id !== this.mine();
    return waits && newest.options.parity?.strength !== 0 ? newest : undefined;
  });

  constructor(readonly plan: Plan) {
    this.kept = `direktkontakt.laying.${plan.eventId}`;
    this.view = remote(() => api.get<PlanningRun[]>(`${plan.base}/planning-runs`));
    $effect(() => {
      if (!this.active) return;
      const timer = setInterval(() => {
        if (Date.now() - this.heardAt >= ASK_EVERY_MS) void this.view.reload();
      }, ASK_EVERY_MS);
      return () => clearInterval(timer);
    });
    $effect(() => {
      const mine = this.runs.find((run) => run.id === this.mine());
      if (!mine || ACTIVE.has(mine.status) || this.busy) return;
      this.forget();
      if (mine.status === "done" && !mine.laid_at) void this.lay(mine);
    });
  }

  /** The run that this window lays when it is done. */
  private mine(): string | null {
    try {
      return sessionStorage.getItem(this.kept);
    } catch {
      return null;
    }
  }

  private forget(): void {
    try {
      sessionStorage.removeItem(this.kept);
    } catch {
      // A window that keeps nothing has nothing to forget.
    }
  }

  /** What the event's stream tells of a run. */
  heard(body: unknown): void {
    const told = body as Progress;
    this.heardAt = Date.now();
    const known = this.runs.find((run) => run.id === told.run_id);
    if (!known || !ACTIVE.has(told.status)) {
      this.view.reloadSoon();
      return;
    }
    if (known.stage !== told.stage && told.stage) announce(t(`plan.stage_${told.stage}`));
    const { status, stage, progress_pct } = told;
    this.view.set(this.runs.map((run) => (run === known ? { ...run, status, stage, progress_pct } : run)));
  }

  /** Asks for a plan; `lay` lays it when it is done. */
  async start(wish: Wish = {}, lay = this.plan.isDraft): Promise<boolean> {
    if (this.busy || this.active) return false;
    this.busy = true;
    this.problem = undefined;
    try {
      const run = await api.post<PlanningRun>(`${this.plan.base}/planning-runs`, wish);
      this.plan.letGo();
      if (lay) this.keep(run.id);
      this.heardAt = Date.now();
      this.view.set([run, ...this.runs.filter((one) => one.id !== run.id)]);
      announce(t("plan.making"));
      return true;
    } catch (error) {
      this.problem = asProblem(error);
      // Somebody else has asked for one meanwhile: that one is shown.
      if (this.problem.name === "RunIsActive") await this.view.reload();
      return false;
    } finally {
      this.busy = false;
    }
  }

  private keep(id: string): void {
    try {
      sessionStorage.setItem(this.kept, id);
    } catch {
      // Then the plan waits to be laid by hand once this page has been left.
    }
  }

  async cancel(): Promise<void> {
    const run = this.active;
    if (!run) return;
    this.forget();
    await this.try(() => api.post(`${this.plan.base}/planning-runs/${run.id}/cancel`));
    await this.view.reload();
    if (!this.problem) toast(t("plan.making_cancelled"));
  }

  dismiss(run: PlanningRun): void {
    this.dismissed = run.id;
  }

  /** Lays the plan of a run; what lay before can be had back. */
  async lay(run: PlanningRun): Promise<void> {
    const told = await this.go(run, "lay");
    if (!told) return;
    this.plan.history.add({
      text: t("plan.laid", { count: told.laid + told.moved, told: told.told }),
      undo: async () => (await this.go(run, "undo")) !== undefined,
      redo: async () => (await this.go(run, "lay")) !== undefined,
    });
  }

  private async go(run: PlanningRun, way: "lay" | "undo"): Promise<LaidPlan | undefined> {
    this.plan.letGo();
    const told = await this.try(() => api.post<LaidPlan>(`${this.plan.base}/planning-runs/${run.id}/${way}`));
    await Promise.all([this.view.reload(), this.plan.view.reload()]);
    return told;
  }

  private async try<T>(work: () => Promise<T>): Promise<T | undefined> {
    this.busy = true;
    this.problem = undefined;
    try {
      return await work();
    } catch (error) {
      this.problem = asProblem(error);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
