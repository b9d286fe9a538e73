/** One numbered stream as seen by this page: in order, each event once, gaps asked for. */
import { REFUSED, SNAPSHOT, type FollowAck, type Notice, type StreamEvent } from "./protocol";

const HELD_MAX = 500;
const RETRY_MS = 1_500;
const HOLE_MS = 300;

export type FollowRequest = { stream: string; epoch?: string; after?: number };

export type FollowerPorts = {
  ask(request: FollowRequest): Promise<FollowAck>;
  later(callback: () => void, ms: number): void;
};

/**
 * Resumes a stream from the last event it has handed on.
 *
 * Hands on `snapshot` when the listener must read its view again: on the first follow, and when the server
 * no longer has what was missed. Events that arrive while a question is under way are held and sorted in after.
 */
export class Follower {
  readonly listeners = new Set<(notice: Notice) => void>();
  private epoch: string | null = null;
  private last = 0;
  private asking = false;
  private askAgain = false;
  private stopped = false;
  private held = new Map<number, StreamEvent>();

  constructor(
    readonly stream: string,
    private readonly ports: FollowerPorts,
  ) {}

  /** Where the stream has been followed to, or null before the first answer. */
  get position(): { epoch: string; after: number } | null {
    return this.epoch === null ? null : { epoch: this.epoch, after: this.last };
  }

  stop(): void {
    this.stopped = true;
    this.listeners.clear();
  }

  /** Ask for everything after the last event; called on connect and when a gap is seen. */
  async resume(): Promise<void> {
    if (this.stopped) return;
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    try {
      const answer = await this.ports.ask({ stream: this.stream, ...(this.position ?? {}) });
      this.asking = false;
      this.settle(answer);
    } catch {
      // No answer: the line is down or slow. A reconnect asks again; so do we, if there is none.
      this.asking = false;
      this.ports.later(() => void this.resume(), RETRY_MS);
      return;
    }
    if (this.askAgain) {
      this.askAgain = false;
      await this.resume();
    }
  }

  receive(event: StreamEvent): void {
    if (this.stopped) return;
    if (this.asking || this.epoch === null) {
      this.hold(event);
      return;
    }
    if (event.epoch !== this.epoch) {
      this.hold(event);
      void this.resume();
    } else if (event.seq === this.last + 1) {
      this.hand(event);
    } else if (event.seq > this.last) {
      this.hold(event);
      void this.resume();
    }
  }

  /** The stream is not for this page, or not any more: the listener reads its view again and sees why. */
  refused(error: string): void {
    this.epoch = null;
    this.held.clear();
    this.tell({ stream: this.stream, kind: REFUSED, body: { error }, seq: null, at: null });
  }

  private settle(answer: FollowAck): void {
    if (this.stopped) return;
    if (!answer.ok) {
      this.refused(answer.error);
      return;
    }
    const first = this.epoch === null;
    if (first || answer.snapshot_required || answer.epoch !== this.epoch) {
      this.epoch = answer.epoch;
      this.last = answer.head;
      this.tell({ stream: this.stream, kind: SNAPSHOT, body: null, seq: answer.head, at: null });
    } else {
      this.replay(answer.events ?? [], answer.head);
    }
    this.release();
  }

  private replay(events: StreamEvent[], head: number): void {
    for (const event of events) this.accept(event);
    if (events.length === 0) this.last = Math.max(this.last, head);
    // A long replay comes in pages.
    else if (this.last < head) this.askAgain = true;
  }

  /** Events held back are handed on in order; a hole among them is asked for a little later. */
  private release(): void {
    const waiting = [...this.held.values()].sort((a, b) => a.seq - b.seq);
    this.held.clear();
    for (const event of waiting) {
      if (event.epoch !== this.epoch || event.seq <= this.last) continue;
      if (event.seq === this.last + 1) this.hand(event);
      else this.hold(event);
    }
    if (this.held.size > 0) this.ports.later(() => void this.resume(), HOLE_MS);
  }

  private accept(event: StreamEvent): void {
    if (event.epoch === this.epoch && event.seq > this.last) this.hand(event);
  }

  private hand(event: StreamEvent): void {
    this.last = event.seq;
    this.tell(event);
  }

  private hold(event: StreamEvent): void {
    if (this.held.size < HELD_MAX) this.held.set(event.seq, event);
  }

  private tell(notice: Notice): void {
    for (const listener of [...this.listeners]) listener(notice);
  }
}
