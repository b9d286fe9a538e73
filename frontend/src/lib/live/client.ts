/** The live connection of this page: follows streams, speaks for meetings, comes back by itself. */
import { reconnectDelay } from "./backoff";
import { Follower, type FollowRequest } from "./follower";
import type {
  AccessEnded,
  Ack,
  FollowAck,
  JoinAck,
  MediaState,
  Notice,
  ServerEventName,
  ServerEvents,
  Signal,
  StreamEvent,
} from "./protocol";
import type { LiveSocket } from "./socket";
import { writable, type Readable } from "./store";

export type LiveState = "idle" | "connecting" | "online" | "offline" | "signed_out";
export type LiveStatus = { state: LiveState; since: number };

export type LivePorts = {
  socket: LiveSocket;
  now(): number;
  random(): number;
  setTimer(callback: () => void, ms: number): number;
  clearTimer(timer: number): void;
};

const ANSWER_MS = 5_000;
const PROBE_MS = 2_000;

export class LiveClient {
  private readonly followers = new Map<string, Follower>();
  private readonly listeners = new Map<string, Set<(data: never) => void>>();
  private readonly stateStore = writable<LiveStatus>({ state: "idle", since: 0 });
  private timer: number | null = null;
  private attempt = 0;
  private wanted = false;

  constructor(private readonly ports: LivePorts) {
    const { socket } = ports;
    socket.on("connect", () => this.connected());
    socket.on("connect_error", (error) => this.failed(error));
    socket.on("disconnect", () => this.lost());
    socket.on("stream.advanced", (event) => this.advanced(event as StreamEvent));
    socket.on("session.ended", () => this.signedOut());
    socket.on("access.ended", (ended) => this.withdrawn(ended as AccessEnded));
    const passedOn: ServerEventName[] = [
      "presence.joined",
      "presence.left",
      "media.announced",
      "signal.received",
      "connection.replaced",
      "session.ended",
      "access.ended",
    ];
    for (const name of passedOn) socket.on(name, (data) => this.tell(name, data));
  }

  get status(): Readable<LiveStatus> {
    return this.stateStore;
  }

  get online(): boolean {
    return this.ports.socket.connected;
  }

  /** Open the connection, also after a sign-in; does nothing when it is open or being opened. */
  start(): void {
    const { state } = this.stateStore.get();
    if (this.wanted && state !== "idle") return;
    this.wanted = true;
    this.attempt = 0;
    this.open();
  }

  /** Close the connection, as at sign-out; what is followed is kept for the next start. */
  stop(): void {
    this.wanted = false;
    this.cancelTimer();
    this.ports.socket.close();
    this.enter("idle");
  }

  /** Try at once: the browser says the network is back, or the page has come to the front. */
  wake(): void {
    if (!this.wanted || this.stateStore.get().state === "signed_out") return;
    if (this.ports.socket.connected) void this.probe();
    else this.reopen();
  }

  /** Follow a stream; the returned function stops. `snapshot` asks the listener to read its view again. */
  follow(stream: string, onNotice: (notice: Notice) => void): () => void {
    let follower = this.followers.get(stream);
    if (!follower) {
      follower = new Follower(stream, {
        ask: (request) => this.askFollow(request),
        later: (callback, ms) => this.whenOnline(callback, ms),
      });
      this.followers.set(stream, follower);
    }
    follower.listeners.add(onNotice);
    this.start();
    if (this.online) void follower.resume();
    return () => this.unfollow(stream, onNotice);
  }

  join(meetingId: string): Promise<JoinAck> {
    return this.request("join", { meeting_id: meetingId }) as Promise<JoinAck>;
  }

  leave(meetingId: string): Promise<Ack> {
    return this.request("leave", { meeting_id: meetingId });
  }

  keep(meetingId: string): Promise<Ack> {
    return this.request("keep", { meeting_id: meetingId });
  }

  signal(meetingId: string, to: string, signal: Signal): Promise<Ack> {
    return this.request("signal", { meeting_id: meetingId, to, ...signal });
  }

  announce(meetingId: string, media: MediaState): Promise<Ack> {
    return this.request("announce", { meeting_id: meetingId, ...media });
  }

  on<Name extends ServerEventName>(name: Name, listener: (data: ServerEvents[Name]) => void): () => void {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set);
    set.add(listener as (data: never) => void);
    return () => void set.delete(listener as (data: never) => void);
  }

  /** Ask on the open line; an answer that fails to come makes us doubt the line and test it. */
  private async request(event: string, data: unknown): Promise<Ack> {
    if (!this.online) return { ok: false, error: "offline" };
    try {
      return (await this.ports.socket.request(event, data, ANSWER_MS)) as Ack;
    } catch {
      if (this.online) void this.probe();
      return { ok: false, error: "no_answer" };
    }
  }

  private async askFollow(request: FollowRequest): Promise<FollowAck> {
    const answer = (await this.request("follow", request)) as FollowAck;
    const unheard = !answer.ok && (answer.error === "offline" || answer.error === "no_answer");
    if (unheard) throw new Error("no answer");
    return answer;
  }

  /** A line can be dead without the browser knowing: ask something cheap, and start over on silence. */
  private async probe(): Promise<void> {
    const any = this.followers.values().next().value;
    const question: FollowRequest = any ? { stream: any.stream, ...(any.position ?? {}) } : { stream: "none" };
    try {
      await this.ports.socket.request("follow", question, PROBE_MS);
      for (const follower of this.followers.values()) void follower.resume();
    } catch {
      this.reopen();
    }
  }

  private unfollow(stream: string, onNotice: (notice: Notice) => void): void {
    const follower = this.followers.get(stream);
    if (!follower) return;
    follower.listeners.delete(onNotice);
    if (follower.listeners.size > 0) return;
    follower.stop();
    this.followers.delete(stream);
    void this.request("unfollow", { stream });
  }

  private open(): void {
    this.cancelTimer();
    if (this.attempt === 0) this.enter("connecting");
    this.ports.socket.open();
  }

  private reopen(): void {
    this.attempt = 0;
    this.ports.socket.close();
    this.enter("offline");
    this.cancelTimer();
    this.ports.socket.open();
  }

  private connected(): void {
    this.attempt = 0;
    this.cancelTimer();
    this.enter("online");
    for (const follower of this.followers.values()) void follower.resume();
  }

  private failed(error: unknown): void {
    if (error instanceof Error && error.message === "not_signed_in") this.signedOut();
    else this.lost();
  }

  private lost(): void {
    if (!this.wanted || this.stateStore.get().state === "signed_out") return;
    this.enter("offline");
    if (this.timer !== null) return;
    const delay = reconnectDelay(this.attempt, this.ports.random());
    this.attempt += 1;
    this.timer = this.ports.setTimer(() => {
      this.timer = null;
      this.open();
    }, delay);
  }

  private signedOut(): void {
    this.wanted = false;
    this.cancelTimer();
    this.enter("signed_out");
    this.ports.socket.close();
  }

  private withdrawn({ stream }: AccessEnded): void {
    if (stream) this.followers.get(stream)?.refused("not_allowed");
  }

  private advanced(event: StreamEvent): void {
    this.followers.get(event.stream)?.receive(event);
  }

  private tell(name: string, data: unknown): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(data as never);
  }

  private whenOnline(callback: () => void, ms: number): void {
    this.ports.setTimer(() => {
      if (this.online) callback();
    }, ms);
  }

  private enter(state: LiveState): void {
    if (this.stateStore.get().state === state) return;
    this.stateStore.set({ state, since: this.ports.now() });
  }

  private cancelTimer(): void {
    if (this.timer !== null) this.ports.clearTimer(this.timer);
    this.timer = null;
  }
}
