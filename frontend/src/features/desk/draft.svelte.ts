/** A scorecard's draft: shown at once, kept on this device at once, saved to the server as it is filled. */
import { api } from "../../lib/api";
import { asProblem } from "../../lib/problem";
import { merge, same, tidy } from "./answers";
import { forget, keep, kept, type Kept } from "./kept";
import type { Answers, Scorecard } from "./types";

export type SaveState = "untouched" | "saving" | "saved" | "kept" | "refused";

export type DraftPorts = {
  save(meetingId: string, version: number, answers: Answers): Promise<Scorecard>;
  read(meetingId: string): Promise<Scorecard | null>;
};

const SAVE_AFTER_MS = 250;
const RETRY_MS = 4_000;

export const SERVER: DraftPorts["save"] = (meetingId, version, answers) =>
  // The draft has its own way back after a cut line: newer answers replace the ones that were not sent.
  api.put<Scorecard>(`/api/meetings/${meetingId}/scorecard`, { version, answers }, { retryAfterMs: [] });

export class Draft {
  answers = $state.raw<Answers>({});
  state = $state<SaveState>("untouched");
  /** It is to be sent when there is a line; until then it can be changed like any draft. */
  pending = $state(false);
  private base: Answers = {};
  private version = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | null = null;
  private closed = false;

  constructor(
    readonly meetingId: string,
    scorecard: Scorecard | null,
    private readonly ports: DraftPorts,
  ) {
    this.base = tidy(scorecard?.answers ?? {});
    this.version = scorecard?.version ?? 0;
    this.answers = this.base;
    const stored = kept(meetingId);
    if (stored) this.restore(stored);
  }

  /** Take an answer: it is on the page and on this device before the server hears of it. */
  change(next: Answers): void {
    this.answers = tidy(next);
    this.pending = false;
    keep(this.meetingId, { answers: this.answers, base: this.base, version: this.version });
    this.state = "saving";
    this.saveIn(SAVE_AFTER_MS);
  }

  /** Another page of this desk saved: take it in, keeping what is not saved here. */
  heard(scorecard: Scorecard | null): void {
    if (!scorecard || scorecard.version <= this.version || this.saving) return;
    const theirs = tidy(scorecard.answers);
    this.answers = merge(this.base, this.answers, theirs);
    this.base = theirs;
    this.version = scorecard.version;
    if (!same(this.answers, this.base)) this.saveIn(0);
  }

  /** Everything is with the server, or this throws the problem that stands in the way. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    for (let attempt = 0; attempt < 4; attempt += 1) {
      if (this.saving) await this.saving.catch(() => undefined);
      if (same(this.answers, this.base)) return;
      await this.save();
    }
  }

  /** Send as soon as there is a line, also when this page is gone by then. */
  sendLater(): void {
    this.pending = true;
    clearTimeout(this.timer);
    const send = kept(this.meetingId)?.send ?? crypto.randomUUID();
    keep(this.meetingId, { answers: this.answers, base: this.base, version: this.version, send });
  }

  /** It has been sent or skipped: nothing is left to keep here. */
  done(): void {
    this.closed = true;
    clearTimeout(this.timer);
    forget(this.meetingId);
  }

  /** The page is left; what is not saved stays on this device. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** Try at once what waits, as when the network is back. */
  wake(): void {
    if (this.state === "kept" && !this.pending) this.saveIn(0);
  }

  private restore(stored: Kept): void {
    this.answers = merge(stored.base, stored.answers, this.base);
    if (stored.send) {
      this.pending = true;
      this.state = "kept";
      return;
    }
    if (same(this.answers, this.base)) {
      forget(this.meetingId);
      return;
    }
    this.state = "saving";
    this.saveIn(0);
  }

  private saveIn(ms: number): void {
    clearTimeout(this.timer);
    if (this.closed || this.pending) return;
    this.timer = setTimeout(() => {
      if (this.saving) return;
      this.save().catch(() => undefined);
    }, ms);
  }

  private async save(): Promise<void> {
    this.saving = this.attempt();
    try {
      await this.saving;
    } finally {
      this.saving = null;
    }
    if (same(this.answers, this.base)) {
      this.state = "saved";
      forget(this.meetingId);
    } else this.saveIn(0);
  }

  private async attempt(): Promise<void> {
    const sent = this.answers;
    this.state = "saving";
    try {
      const saved = await this.ports.save(this.meetingId, this.version, sent);
      this.base = sent;
      this.version = saved.version;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.name === "DraftConflict") await this.catchUp();
      else {
        const passing = problem.isOffline || problem.status >= 500 || problem.status === 0;
        this.state = passing ? "kept" : "refused";
        if (passing) this.saveIn(RETRY_MS);
        throw error;
      }
    }
  }

  /** Somebody saved meanwhile: put both together, and save that next. */
  private async catchUp(): Promise<void> {
    const current = await this.ports.read(this.meetingId);
    const theirs = tidy(current?.answers ?? {});
    this.answers = merge(this.base, this.answers, theirs);
    this.base = theirs;
    this.version = current?.version ?? 0;
  }
}
