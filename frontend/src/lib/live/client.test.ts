import { beforeEach, describe, expect, test } from "vitest";
import { LiveClient } from "./client";
import type { Notice, StreamEvent } from "./protocol";
import type { LiveSocket } from "./socket";

type Answer = (data: Record<string, unknown>) => unknown;

class FakeSocket implements LiveSocket {
  connected = false;
  opened = 0;
  asked: { event: string; data: Record<string, unknown> }[] = [];
  answers = new Map<string, Answer>();
  private listeners = new Map<string, ((data: unknown) => void)[]>();

  open(): void {
    this.opened += 1;
  }

  close(): void {
    if (this.connected) this.drop();
  }

  request(event: string, data: unknown): Promise<unknown> {
    const body = data as Record<string, unknown>;
    this.asked.push({ event, data: body });
    const answer = this.answers.get(event);
    return answer ? Promise.resolve(answer(body)) : Promise.reject(new Error("timeout"));
  }

  on(event: string, listener: (data: unknown) => void): void {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  say(event: string, data: unknown = {}): void {
    for (const listener of this.listeners.get(event) ?? []) listener(data);
  }

  accept(): void {
    this.connected = true;
    this.say("connect");
  }

  drop(): void {
    this.connected = false;
    this.say("disconnect");
  }
}

class FakeTimers {
  waiting = new Map<number, { callback: () => void; ms: number }>();
  private next = 1;

  set = (callback: () => void, ms: number): number => {
    const timer = this.next++;
    this.waiting.set(timer, { callback, ms });
    return timer;
  };

  clear = (timer: number): void => void this.waiting.delete(timer);

  get delays(): number[] {
    return [...this.waiting.values()].map(({ ms }) => ms);
  }

  run(): void {
    const due = [...this.waiting.values()];
    this.waiting.clear();
    for (const { callback } of due) callback();
  }
}

const DESK = "desk:1";
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function event(seq: number, epoch = "a"): StreamEvent {
  return { stream: DESK, epoch, seq, kind: "meeting.changed", body: { n: seq }, at: "2026-01-01T10:00:00Z" };
}

let socket: FakeSocket;
let timers: FakeTimers;
let client: LiveClient;
let heard: Notice[];
const said = () => heard.map(({ kind, seq }) => (kind === "snapshot" ? "snapshot" : seq));
const follows = () => socket.asked.filter(({ event: name }) => name === "follow").map(({ data }) => data);

beforeEach(() => {
  socket = new FakeSocket();
  timers = new FakeTimers();
  heard = [];
  client = new LiveClient({
    socket,
    now: () => 1_000,
    random: () => 0,
    setTimer: timers.set,
    clearTimer: timers.clear,
  });
  socket.answers.set("follow", () => ({ ok: true, epoch: "a", head: 10, events: [] }));
  socket.answers.set("unfollow", () => ({ ok: true }));
});

async function followed(): Promise<() => void> {
  const stop = client.follow(DESK, (notice) => heard.push(notice));
  socket.accept();
  await settled();
  return stop;
}

describe("a stream", () => {
  test("asks its listener to read the view at the first follow, then hands events on in order", async () => {
    await followed();
    socket.say("stream.advanced", event(11));
    socket.say("stream.advanced", event(12));

    expect(said()).toEqual(["snapshot", 11, 12]);
    expect(follows()).toEqual([{ stream: DESK }]);
  });

  test("hands an event on once, however often it arrives", async () => {
    await followed();
    for (const seq of [11, 11, 10, 3, 12, 11]) socket.say("stream.advanced", event(seq));

    expect(said()).toEqual(["snapshot", 11, 12]);
  });

  test("asks for what lies in a gap and keeps the order", async () => {
    await followed();
    socket.answers.set("follow", () => ({ ok: true, epoch: "a", head: 13, events: [event(11), event(12), event(13)] }));
    socket.say("stream.advanced", event(13));
    socket.say("stream.advanced", event(14));
    await settled();

    expect(follows()[1]).toEqual({ stream: DESK, epoch: "a", after: 10 });
    expect(said()).toEqual(["snapshot", 11, 12, 13, 14]);
  });

  test("asks again a little later when the answer still leaves a hole", async () => {
    await followed();
    socket.say("stream.advanced", event(13));
    await settled();
    socket.answers.set("follow", () => ({ ok: true, epoch: "a", head: 13, events: [event(11), event(12), event(13)] }));
    timers.run();
    await settled();

    expect(said()).toEqual(["snapshot", 11, 12, 13]);
  });

  test("reads on when a long replay comes in pages", async () => {
    await followed();
    const pages = [[event(11), event(12)], [event(13), event(14)]];
    socket.answers.set("follow", () => ({ ok: true, epoch: "a", head: 14, events: pages.shift() ?? [] }));
    socket.say("stream.advanced", event(15));
    await settled();

    expect(said()).toEqual(["snapshot", 11, 12, 13, 14, 15]);
    expect(follows().map(({ after }) => after)).toEqual([undefined, 10, 12]);
  });

  test("resumes after a lost server from the last event it has handed on", async () => {
    await followed();
    socket.say("stream.advanced", event(11));
    socket.drop();
    socket.answers.set("follow", () => ({ ok: true, epoch: "a", head: 12, events: [event(12)] }));
    timers.run();
    socket.accept();
    await settled();

    expect(follows()[1]).toEqual({ stream: DESK, epoch: "a", after: 11 });
    expect(said()).toEqual(["snapshot", 11, 12]);
  });

  test("asks for a new reading when the server no longer has what was missed", async () => {
    await followed();
    socket.drop();
    socket.answers.set("follow", () => ({ ok: true, epoch: "b", head: 3, snapshot_required: true }));
    timers.run();
    socket.accept();
    await settled();
    socket.say("stream.advanced", event(4, "b"));

    expect(said()).toEqual(["snapshot", "snapshot", 4]);
  });

  test("holds what arrives before the answer to its question", async () => {
    client.follow(DESK, (notice) => heard.push(notice));
    socket.accept();
    socket.say("stream.advanced", event(12));
    socket.say("stream.advanced", event(11));
    socket.say("stream.advanced", event(10));
    await settled();

    expect(said()).toEqual(["snapshot", 11, 12]);
  });

  test("says when it may not be followed", async () => {
    socket.answers.set("follow", () => ({ ok: false, error: "not_allowed" }));
    await followed();

    expect(heard).toEqual([{ stream: DESK, kind: "refused", body: { error: "not_allowed" }, seq: null, at: null }]);
  });

  test("is let go when its last listener has stopped", async () => {
    const stop = await followed();
    stop();
    socket.say("stream.advanced", event(11));

    expect(said()).toEqual(["snapshot"]);
    expect(socket.asked.at(-1)).toEqual({ event: "unfollow", data: { stream: DESK } });
  });
});

describe("the line", () => {
  test("waits longer after each failure, up to five seconds", () => {
    client.start();
    const delays: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      socket.say("connect_error", new Error("xhr poll error"));
      delays.push(timers.delays[0] ?? 0);
      timers.run();
    }

    expect(delays).toEqual([200, 400, 800, 1600, 2500, 2500]);
  });

  test("tries at once when the browser says the network is back", async () => {
    await followed();
    socket.drop();
    const before = socket.opened;
    client.wake();

    expect(socket.opened).toBe(before + 1);
    expect(timers.delays).toEqual([]);
  });

  test("is tested on waking, and replaced when nothing answers", async () => {
    await followed();
    socket.answers.delete("follow");
    const before = socket.opened;
    client.wake();
    await settled();

    expect(socket.connected).toBe(false);
    expect(socket.opened).toBe(before + 1);
  });

  test("shows since when it has been away", async () => {
    const states: string[] = [];
    client.status.subscribe(({ state, since }) => states.push(`${state} ${since}`));
    await followed();
    socket.drop();
    timers.run();
    socket.accept();

    expect(states).toEqual(["idle 0", "connecting 1000", "online 1000", "offline 1000", "online 1000"]);
  });

  test("stops trying when the person is signed out, and starts again on request", () => {
    client.start();
    socket.say("connect_error", new Error("not_signed_in"));

    expect(client.status.get().state).toBe("signed_out");
    expect(timers.delays).toEqual([]);

    client.start();
    expect(socket.opened).toBe(2);
  });
});

describe("a right that is withdrawn", () => {
  test("is told to those who follow the stream, and only to them", async () => {
    await followed();
    socket.say("access.ended", { stream: "desk:2" });
    socket.say("access.ended", { stream: DESK });

    expect(heard.map(({ kind, body }) => [kind, body])).toEqual([
      ["snapshot", null],
      ["refused", { error: "not_allowed" }],
    ]);
  });

  test("is asked for anew after the next connection, from the beginning", async () => {
    await followed();
    socket.say("access.ended", { stream: DESK });
    socket.drop();
    socket.accept();
    await settled();

    expect(follows()).toEqual([{ stream: DESK }, { stream: DESK }]);
  });
});

describe("a meeting", () => {
  test("is told plainly that there is no line instead of waiting", async () => {
    expect(await client.join("m1")).toEqual({ ok: false, error: "offline" });
  });

  test("hears its signals", async () => {
    await followed();
    const signals: unknown[] = [];
    client.on("signal.received", (signal) => signals.push(signal));
    socket.say("signal.received", { meeting_id: "m1", from: "c2", candidate: {} });

    expect(signals).toEqual([{ meeting_id: "m1", from: "c2", candidate: {} }]);
  });
});
