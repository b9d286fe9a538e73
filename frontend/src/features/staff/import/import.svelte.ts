/** One file on its way in: its preview, what has been chosen, and the saving of choices one after the other. */
import { api } from "../../../lib/api";
import { asProblem, type Problem } from "../../../lib/problem";
import type { Choices, Import, ImportCounts } from "../types";
import { choicesOf } from "./choices";

export class Importing {
  shown = $state.raw<Import>();
  choices = $state.raw<Choices>(choicesOf({}));
  /** A change has been made that the preview does not show yet. */
  pending = $state(false);
  busy = $state(false);
  problem = $state.raw<Problem>();
  /** Files that were chosen together with the one shown, and wait for it to be saved. */
  private waiting: string[] = [];
  private readonly base: string;
  private running: Promise<void> | undefined;

  constructor(eventId: string) {
    this.base = `/api/recruitment-events/${eventId}/imports`;
  }

  private get url(): string {
    return `${this.base}/${this.shown?.id ?? ""}`;
  }

  /**
   * Reads files that were chosen together; nothing of them is saved. Employers are shown first, since seekers wish for
   * them; the others wait.
   */
  async upload(files: readonly File[]): Promise<boolean> {
    return this.act(async () => {
      const read: Import[] = [];
      for (const file of files) {
        const query = new URLSearchParams({ filename: file.name.slice(0, 200) || "fil.csv" });
        read.push(await api.post<Import>(`${this.base}?${query.toString()}`, file, { retryAfterMs: [] }));
      }
      read.sort((a, b) => Number(b.preview?.kind === "employers") - Number(a.preview?.kind === "employers"));
      const [first, ...rest] = read;
      this.waiting = rest.map((one) => one.id);
      if (first) this.show(first);
    });
  }

  /** Shows the next of the files that were chosen together; false when none waits. */
  async openNext(): Promise<boolean> {
    const next = this.waiting.shift();
    return next !== undefined && (await this.open(next));
  }

  async open(id: string): Promise<boolean> {
    return this.act(async () => this.show(await api.get<Import>(`${this.base}/${id}`)));
  }

  /** Changes what is chosen; quick changes become one call, and the last always counts. */
  change(next: Choices): void {
    this.choices = next;
    this.pending = true;
    this.running ??= this.save().finally(() => (this.running = undefined));
  }

  /** Saves everything that the file holds, or nothing. */
  async commit(): Promise<ImportCounts | undefined> {
    await this.running;
    let counts: ImportCounts | undefined;
    await this.act(async () => {
      counts = await api.post<ImportCounts>(`${this.url}/commit`);
    });
    // Somebody may have changed the event meanwhile: then the preview says what stands in the way now.
    if (!counts && this.shown && !this.problem?.isOffline) await this.open(this.shown.id);
    return counts;
  }

  async forget(): Promise<void> {
    const url = this.url;
    this.shown = undefined;
    this.problem = undefined;
    this.choices = choicesOf({});
    await api.delete(url).catch(() => undefined);
  }

  private show(shown: Import): void {
    this.shown = shown;
    this.choices = choicesOf(shown.choices);
  }

  private async save(): Promise<void> {
    while (this.pending && this.shown) {
      const sent = this.choices;
      try {
        const shown = await api.put<Import>(`${this.url}/decisions`, sent);
        this.shown = shown;
        this.problem = undefined;
      } catch (error) {
        this.problem = asProblem(error);
        this.pending = false;
        return;
      }
      this.pending = this.choices !== sent;
    }
  }

  private async act(work: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.problem = undefined;
    try {
      await work();
      return true;
    } catch (error) {
      this.problem = asProblem(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
