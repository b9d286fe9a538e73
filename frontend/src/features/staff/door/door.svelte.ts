/** Checking in at the door. Without a line nothing is lost: codes wait on this device and go out by themselves. */
import { announce } from "../../../lib/announce.svelte";
import { api } from "../../../lib/api";
import { t } from "../../../lib/i18n.svelte";
import { asProblem } from "../../../lib/problem";
import { type Remote, remote } from "../../../lib/remote.svelte";
import { every } from "../../../lib/visible.svelte";
import type { Arrival, CheckedIn, StaffEvent } from "../types";
import { cleanCode, findByCode, parseUnsent, type Unsent, withUnsent } from "./door";

export type Outcome =
  | { kind: "here"; who: Arrival; already: boolean; ahead: number; sent: boolean }
  | { kind: "kept"; code: string }
  | { kind: "unknown"; code: string }
  | { kind: "over"; who: Arrival | undefined }
  | { kind: "broken" };

type Whom = { code: string } | { meeting_id: string };

const REFRESH_MS = 20_000;
const RESEND_MS = 5_000;

export class Door {
  readonly view: Remote<{ event: StaffEvent; arrivals: Arrival[] }>;
  outcome = $state.raw<Outcome>();
  unsent = $state.raw<Unsent[]>([]);
  busy = $state(false);
  private readonly base: string;
  private readonly stored: string;
  private sending = false;

  /** Call it while a component is being set up. */
  constructor(eventId: string) {
    this.base = `/api/recruitment-events/${eventId}`;
    this.stored = `direktkontakt.door.${eventId}`;
    this.unsent = parseUnsent(this.read());
    this.view = remote(async () => {
      const [event, arrivals] = await Promise.all([
        api.get<StaffEvent>(this.base),
        api.get<Arrival[]>(`${this.base}/arrivals`),
      ]);
      return { event, arrivals };
    });
    every(REFRESH_MS, () => this.view.reloadSoon());
    every(RESEND_MS, () => void this.resend());
    $effect(() => {
      const back = () => void this.resend();
      addEventListener("online", back);
      return () => removeEventListener("online", back);
    });
  }

  get arrivals(): Arrival[] {
    return this.view.data?.arrivals ?? [];
  }

  async code(written: string): Promise<void> {
    const code = cleanCode(written);
    if (code) await this.checkIn({ code }, findByCode(this.arrivals, code));
  }

  async person(who: Arrival): Promise<void> {
    await this.checkIn({ meeting_id: who.meeting_id }, who);
  }

  private async checkIn(whom: Whom, known: Arrival | undefined): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const key = crypto.randomUUID();
    try {
      const here = await api.post<CheckedIn>(`${this.base}/check-in`, whom, { key, retryAfterMs: [] });
      this.show({ kind: "here", who: here, already: here.already, ahead: here.ahead, sent: true });
      this.view.reloadSoon();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.isOffline) this.keep(whom, key, known);
      else if (problem.name === "CodeUnknown") this.show({ kind: "unknown", code: "code" in whom ? whom.code : "" });
      else if (problem.name === "CheckInNotPossible") {
        this.show({ kind: "over", who: (problem.extras.arrival as Arrival | undefined) ?? known });
      } else this.show({ kind: "broken" });
    } finally {
      this.busy = false;
    }
  }

  /** The same key is used when it is sent at last: an answer that was lost on the way does no harm. */
  private keep(whom: Whom, key: string, known: Arrival | undefined): void {
    this.write(withUnsent(this.unsent, { ...whom, key, at: new Date().toISOString() }));
    if (known) this.show({ kind: "here", who: known, already: false, ahead: 0, sent: false });
    else this.show({ kind: "kept", code: "code" in whom ? whom.code : "" });
  }

  private async resend(): Promise<void> {
    if (this.sending || this.unsent.length === 0 || !navigator.onLine) return;
    this.sending = true;
    try {
      for (const one of [...this.unsent]) {
        const body = one.code ? { code: one.code } : { meeting_id: one.meeting_id };
        try {
          await api.post(`${this.base}/check-in`, body, { key: one.key, retryAfterMs: [] });
        } catch (error) {
          const problem = asProblem(error);
          if (problem.isOffline || problem.status >= 500 || problem.status === 401) return;
          // The server has answered that it cannot be done; the list shows how it is.
        }
        this.write(this.unsent.filter((other) => other.key !== one.key));
      }
      announce(t("staff.door_all_sent"));
      this.view.reloadSoon();
    } finally {
      this.sending = false;
    }
  }

  private show(outcome: Outcome): void {
    this.outcome = outcome;
  }

  private read(): string | null {
    try {
      return localStorage.getItem(this.stored);
    } catch {
      return null;
    }
  }

  private write(unsent: Unsent[]): void {
    this.unsent = unsent;
    try {
      if (unsent.length > 0) localStorage.setItem(this.stored, JSON.stringify(unsent));
      else localStorage.removeItem(this.stored);
    } catch {
      // Without storage they wait as long as the page is open.
    }
  }
}
