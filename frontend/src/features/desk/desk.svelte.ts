/** One desk on this page: its state, what the recruiter does with it, and the draft being filled in. */
import { announce } from "../../lib/announce.svelte";
import { api } from "../../lib/api";
import { t, type MessageKey } from "../../lib/i18n.svelte";
import { firstName } from "../../lib/names";
import { asProblem, type Problem } from "../../lib/problem";
import { remote, type Remote } from "../../lib/remote.svelte";
import { clock } from "../../lib/time.svelte";
import { toast } from "../../lib/toast.svelte";
import { chipOrder, inOrder } from "./chip_order";
import { Draft, SERVER } from "./draft.svelte";
import { SERVER as SENDING, pending, sendPending } from "./pending";
import type { DeskBrief, DeskMeeting, DeskState, Instrument, Scorecard } from "./types";

/** What people call a desk. */
export function deskName(desk: DeskBrief): string {
  return t("desk.name", { number: desk.number });
}

const REFUSALS: Record<string, MessageKey> = {
  DeskOccupied: "desk.refused_occupied",
  SeekerBusy: "desk.refused_busy",
  TooEarly: "desk.refused_early",
  NotReady: "desk.refused_not_ready",
  ExtensionRefused: "desk.extend_refused",
};

export class Desk {
  readonly state: Remote<DeskState>;
  /** The act under way, so that its button can say so. */
  busy = $state<string | null>(null);
  cardOpened = $state(false);
  unsentId = $state<string | null>(null);
  draft = $state.raw<Draft | null>(null);
  instrument = $state.raw<Instrument | null>(null);
  private sendingWaiting = false;
  private underWay: Promise<unknown> = Promise.resolve();

  constructor(readonly id: string) {
    this.state = remote(() => api.get<DeskState>(`/api/desks/${id}`));
    $effect(() => this.followCard(this.cardMeeting));
    $effect(() => void this.fetchInstrument(this.state.data?.instrument));
    $effect(() => () => this.draft?.close());
  }

  /** Whose scorecard is at hand: the one asked for again, else that of the person at the desk. */
  get cardMeeting(): DeskMeeting | null {
    const desk = this.state.data;
    if (!desk) return null;
    return desk.unsent.find((meeting) => meeting.id === this.unsentId) ?? desk.now;
  }

  open = (): Promise<boolean> => this.act("open", `/api/desks/${this.id}/open`, "desk.opened_now");
  close = (): Promise<boolean> => this.act("close", `/api/desks/${this.id}/close`, "desk.closed_now");
  call = (meeting: DeskMeeting): Promise<boolean> => this.actOn("call", meeting);
  start = (meeting: DeskMeeting): Promise<boolean> => this.actOn("start", meeting);
  noShow = (meeting: DeskMeeting): Promise<boolean> => this.actOn("no-show", meeting);

  /** Turn to somebody else: whoever was called but did not come says anew when they are ready. */
  async release(meeting: DeskMeeting): Promise<void> {
    if (await this.actOn("release", meeting)) toast(t("desk.released", { name: firstName(meeting.seeker.name) }));
  }

  async end(meeting: DeskMeeting): Promise<void> {
    if (await this.actOn("end", meeting)) announce(t("desk.ended"));
  }

  async extend(meeting: DeskMeeting): Promise<void> {
    const minutes = Math.round((this.state.data?.event.extension_s ?? 180) / 60);
    if (!(await this.actOn("extend", meeting))) return;
    toast(t("desk.extended", { minutes, name: firstName(meeting.seeker.name) }));
  }

  /** Send what is filled in; throws the problem, since the card shows where it lies. */
  async send(): Promise<void> {
    await this.finish("send", (id) => api.post(`/api/meetings/${id}/scorecard/send`));
  }

  /** There is no line: the card waits on this device, and is sent when there is one. */
  sendLater(): void {
    this.draft?.sendLater();
  }

  /** Send what waits here, of this meeting and of earlier ones; whoever comes back to the page starts with that. */
  async sendWhatWaits(): Promise<void> {
    if (this.sendingWaiting) return;
    this.sendingWaiting = true;
    try {
      for (const meetingId of pending()) {
        const outcome = await sendPending(meetingId, { ...SENDING, read: (id) => this.readCard(id) });
        if (outcome === "waiting") return;
        toast(t(outcome === "sent" ? "desk.waiting_sent" : "desk.waiting_refused"), { forMs: 12_000 });
        if (this.draft?.meetingId === meetingId) {
          if (outcome === "sent") this.draft.done();
          else this.draft.close();
          this.draft = null;
          this.cardOpened = false;
          this.unsentId = null;
        }
        await this.state.reload();
      }
    } finally {
      this.sendingWaiting = false;
    }
  }

  async skip(reason: string): Promise<void> {
    const meeting = this.cardMeeting;
    const name = firstName(meeting?.seeker.name ?? "");
    await this.finish("skip", (id) => api.post(`/api/meetings/${id}/scorecard/skip`, { reason }));
    const undo = meeting ? () => void this.resume(meeting.id, name) : undefined;
    toast(t("desk.skipped_now", { name }), { undo });
  }

  /** A slip of the finger costs nobody their feedback: what was skipped is taken up again. */
  private async resume(meetingId: string, name: string): Promise<void> {
    try {
      await api.post(`/api/meetings/${meetingId}/scorecard/resume`);
      await this.state.reload();
      if (this.state.data?.now?.id !== meetingId) this.unsentId = meetingId;
      announce(t("desk.undone"));
    } catch (error) {
      toast(t(asProblem(error).isOffline ? "desk.refused_offline" : "desk.refused_other", { name }));
    }
  }

  async undo(meetingId: string, name: string): Promise<void> {
    this.busy = "undo";
    try {
      await api.post(`/api/meetings/${meetingId}/scorecard/undo`);
      await this.state.reload();
      if (this.state.data?.now?.id !== meetingId) this.unsentId = meetingId;
      announce(t("desk.undone"));
    } catch (error) {
      const late = asProblem(error).name === "ScorecardRefused";
      toast(late ? t("desk.undo_over", { name }) : t("desk.refused_offline"));
      await this.state.reload();
    } finally {
      this.busy = null;
    }
  }

  private async finish(act: string, post: (meetingId: string) => Promise<unknown>): Promise<void> {
    // Pressed while the goodbye is on its way: it waits its turn, for a press must never be lost.
    await this.underWay;
    const { draft } = this;
    if (!draft || this.busy) return;
    this.busy = act;
    try {
      await draft.flush();
      await post(draft.meetingId);
      draft.done();
      this.draft = null;
      this.cardOpened = false;
      this.unsentId = null;
      await this.state.reload();
    } finally {
      this.busy = null;
    }
  }

  private actOn(act: string, meeting: DeskMeeting): Promise<boolean> {
    return this.act(act, `/api/meetings/${meeting.id}/${act}`, null, meeting);
  }

  private act(act: string, path: string, done: MessageKey | null, meeting?: DeskMeeting): Promise<boolean> {
    if (this.busy) return Promise.resolve(false);
    this.busy = act;
    const doing = this.perform(path, done, meeting);
    this.underWay = doing;
    return doing;
  }

  private async perform(path: string, done: MessageKey | null, meeting?: DeskMeeting): Promise<boolean> {
    try {
      const state = await api.post<DeskState>(path);
      this.state.set(state);
      if (done) announce(t(done, { desk: deskName(state) }));
      return true;
    } catch (error) {
      toast(this.refusal(asProblem(error), meeting));
      await this.state.reload();
      return false;
    } finally {
      this.busy = null;
    }
  }

  private refusal(problem: Problem, meeting?: DeskMeeting): string {
    if (problem.isOffline) return t("desk.refused_offline");
    const reason = typeof problem.extras.reason === "string" ? problem.extras.reason : problem.name;
    const time = meeting?.starts_at ? clock(meeting.starts_at, this.state.data?.event.zone) : "";
    return t(REFUSALS[reason] ?? "desk.refused_other", { name: firstName(meeting?.seeker.name ?? ""), time });
  }

  private followCard(meeting: DeskMeeting | null): void {
    if (!meeting) return;
    if (this.draft?.meetingId === meeting.id) {
      this.draft.heard(meeting.scorecard);
      return;
    }
    this.draft?.close();
    this.cardOpened = false;
    this.draft = new Draft(meeting.id, meeting.scorecard, { save: SERVER, read: (id) => this.readCard(id) });
  }

  /** What is asked never changes within a version, so it is read once. */
  private async fetchInstrument(wanted: DeskState["instrument"] | undefined): Promise<void> {
    const { code, version } = this.instrument ?? {};
    if (!wanted || (wanted.code === code && wanted.version === version)) return;
    try {
      const [asked, order] = await Promise.all([
        api.get<Instrument>(`/api/instruments/${wanted.code}/${wanted.version}`),
        chipOrder(this.id),
      ]);
      this.instrument = inOrder(asked, order);
    } catch {
      // The next reading of the desk tries again.
    }
  }

  private async readCard(meetingId: string): Promise<Scorecard | null> {
    const desk = await api.get<DeskState>(`/api/desks/${this.id}`);
    const all = [desk.now, ...desk.unsent];
    return all.find((meeting) => meeting?.id === meetingId)?.scorecard ?? null;
  }
}
