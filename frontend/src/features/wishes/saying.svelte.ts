/** Wishes being said: shown at once, kept on this device at once, saved to the server as they are chosen. */
import { untrack } from "svelte";
import { asProblem } from "../../lib/problem";
import { merged, pruned, same } from "./said";
import type { Said } from "./types";

/** `clash`: somebody else has changed the same; `closed`: the plan has been made meanwhile. */
export type SayState = "untouched" | "saving" | "saved" | "kept" | "refused" | "clash" | "closed";
export type Stored = { version: string; said: Said };
export type Ports = {
  save(version: string, said: Said): Promise<Stored>;
  /** What stands on the server, in the problem that a save was refused with. */
  current(extras: Record<string, unknown>): Stored | null;
};
type Kept = { said: Said; base: Said; version: string };

const SAVE_AFTER_MS = 500;
const RETRY_MS = 4_000;
const UNDO_MAX = 30;
const PREFIX = "direktkontakt.wishes.";

export class Saying {
  said = $state.raw<Said>() as Said;
  state = $state<SayState>("untouched");
  /** What was said elsewhere, while somebody must choose. */
  theirs = $state.raw<Stored | null>(null);
  private past = $state.raw<Said[]>([]);
  private base: Said;
  private version: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | null = null;
  private left = false;

  constructor(
    private readonly key: string,
    stored: Stored,
    private readonly ports: Ports,
  ) {
    this.base = this.said = stored.said;
    this.version = stored.version;
    const kept = this.kept();
    if (kept) this.restore(kept, stored);
  }

  get canUndo(): boolean {
    return this.past.length > 0 && this.state !== "closed";
  }

  /** Say it: it is on the page and on this device before the server hears of it. */
  say(next: Said): void {
    if (same(next, this.said) || this.state === "closed") return;
    this.past = [...this.past, this.said].slice(-UNDO_MAX);
    this.put(next);
  }

  /** Take the last change back. */
  undo(): void {
    const before = this.past.at(-1);
    if (!before || this.state === "closed") return;
    this.past = this.past.slice(0, -1);
    this.put(before);
  }

  /** Another reading of the server: taken in where nothing waits here. */
  heard(stored: Stored): void {
    if (this.saving || stored.version === this.version || this.state === "clash") return;
    this.takeIn(stored);
    if (!same(this.said, this.base)) this.saveIn(0);
  }

  /** Of two that said different things: mine, or theirs. */
  choose(which: "mine" | "theirs"): void {
    const theirs = this.theirs;
    if (!theirs) return;
    this.theirs = null;
    this.base = theirs.said;
    this.version = theirs.version;
    if (which === "theirs") {
      this.said = theirs.said;
      this.past = [];
    }
    this.settle();
  }

  /** Everything is with the server, or this gives false. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    for (let attempt = 0; attempt < 3 && !same(this.said, this.base); attempt += 1) {
      if (this.state === "clash" || this.state === "closed") return false;
      await (this.saving ?? this.save()).catch(() => undefined);
    }
    return same(this.said, this.base);
  }

  /** The page is left: what is not saved is sent once more, and stays on this device until it is. */
  close(): void {
    clearTimeout(this.timer);
    this.left = true;
    if (!same(this.said, this.base) && this.state !== "clash" && this.state !== "closed") {
      void this.save().catch(() => undefined);
    }
  }

  /** Try once more what was refused. */
  again(): void {
    if (this.state !== "refused") return;
    this.state = "saving";
    this.saveIn(0);
  }

  /** Try at once what waits, as when the network is back. */
  wake(): void {
    if (this.state === "kept") this.saveIn(0);
  }

  private put(next: Said): void {
    this.said = next;
    this.keep();
    if (this.state === "clash") return;
    this.state = "saving";
    this.saveIn(SAVE_AFTER_MS);
  }

  private restore(kept: Kept, stored: Stored): void {
    this.said = kept.said;
    this.base = kept.base;
    this.version = kept.version;
    if (kept.version !== stored.version) this.takeIn(stored);
    if (this.state === "clash") return;
    if (same(this.said, this.base)) return this.forget();
    this.state = "saving";
    this.saveIn(0);
  }

  /** Put what was said elsewhere together with what is said here; where that cannot be, somebody must choose. */
  private takeIn(stored: Stored): void {
    const together = merged(this.base, this.said, stored.said);
    if (together === null) {
      this.theirs = stored;
      this.state = "clash";
      return;
    }
    this.said = together;
    this.base = stored.said;
    this.version = stored.version;
    this.past = [];
    this.keep();
  }

  private saveIn(ms: number): void {
    clearTimeout(this.timer);
    if (this.left) return;
    this.timer = setTimeout(() => {
      if (this.saving) this.saveIn(SAVE_AFTER_MS);
      else this.save().catch(() => undefined);
    }, ms);
  }

  private async save(): Promise<void> {
    this.saving = this.attempt();
    try {
      await this.saving;
    } finally {
      this.saving = null;
    }
    if (this.state !== "clash" && this.state !== "closed") this.settle();
  }

  private settle(): void {
    if (same(this.said, this.base)) {
      this.state = "saved";
      this.forget();
    } else {
      this.state = "saving";
      this.saveIn(0);
    }
  }

  private async attempt(): Promise<void> {
    const sent = this.said;
    this.state = "saving";
    try {
      const stored = await this.ports.save(this.version, sent);
      if (this.said === sent) this.said = stored.said;
      this.base = stored.said;
      this.version = stored.version;
    } catch (error) {
      const problem = asProblem(error);
      const current = problem.name === "WishesHaveChanged" ? this.ports.current(problem.extras) : null;
      if (current) return this.takeIn(current);
      if (problem.name === "WishesClosed") {
        this.state = "closed";
        return this.forget();
      }
      const known = pruned(sent, problem.fields);
      if (problem.status === 422 && this.said === sent && !same(known, sent)) {
        // Somebody has left the event since the page was opened: the others are saved.
        this.said = known;
        this.past = [];
        return;
      }
      const passing = problem.isOffline || problem.status >= 500 || problem.status === 0;
      this.state = passing ? "kept" : "refused";
      if (passing) this.saveIn(RETRY_MS);
      throw error;
    }
  }

  private kept(): Kept | null {
    try {
      const stored = localStorage.getItem(PREFIX + this.key);
      return stored === null ? null : (JSON.parse(stored) as Kept);
    } catch {
      return null;
    }
  }

  private keep(): void {
    try {
      localStorage.setItem(PREFIX + this.key, JSON.stringify({ said: this.said, base: this.base, version: this.version }));
    } catch {
      // Without storage it lives as long as the page.
    }
  }

  private forget(): void {
    try {
      localStorage.removeItem(PREFIX + this.key);
    } catch {
      // Nothing was kept.
    }
  }
}

/** Keeps what is said up with what the page reads, for as long as the form stands. Call it while the form is set up. */
export function keepUp<Found>(
  saying: Saying,
  page: { found: () => Found; stored: (found: Found) => Stored; reload: () => Promise<void> },
): void {
  $effect(() => () => saying.close());
  $effect(() => {
    if (saying.state === "closed") void page.reload();
  });
  $effect(() => {
    const found = page.found();
    // Those of a new reading become known before it is taken in.
    untrack(() => saying.heard(page.stored(found)));
  });
}
