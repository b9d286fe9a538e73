import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LiveClient } from "../live/client";
import type { Ack, JoinAck, Participant, ServerEventName } from "../live/protocol";
import { writable } from "../live/store";
import type { LocalDevices, LocalState } from "./local";
import { Peer } from "./peer";
import { openRoom, type RoomConnection } from "./room";

const MEETING = "m1";
const OTHER: Participant = { person_id: "p2", connection_id: "c2", role: "seeker", has_video: false, has_audio: false };

/** A connection that is whatever state the test says. */
class FakeConnection {
  static made: FakeConnection[] = [];
  connectionState = "new";
  signalingState = "stable";
  localDescription = null;
  remoteDescription = null;
  onconnectionstatechange: (() => void) | null = null;

  constructor() {
    FakeConnection.made.push(this);
  }

  addTransceiver = () => ({ sender: { track: null, replaceTrack: () => Promise.resolve() }, mid: null });
  getTransceivers = () => [];
  setLocalDescription = () => Promise.resolve();
  getStats = () => Promise.resolve(new Map());
  restartIce = () => {};
  close = () => void (this.connectionState = "closed");

  become(state: string): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

/** The server's side of the live line. */
class FakeLive {
  readonly status = writable({ state: "offline", since: 0 });
  online = true;
  said: string[] = [];
  answers: Record<string, unknown> = {};
  private listeners = new Map<string, ((data: unknown) => void)[]>();

  start(): void {
    this.status.set({ state: "online", since: 0 });
  }

  on(name: ServerEventName, listener: (data: never) => void): () => void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener as (data: unknown) => void]);
    return () => this.listeners.delete(name);
  }

  tell(name: ServerEventName, data: object): void {
    for (const listener of this.listeners.get(name) ?? []) listener({ meeting_id: MEETING, ...data });
  }

  join = (): Promise<JoinAck> => this.answer("join", { ok: true, connection_id: "c1", others: [] }) as Promise<JoinAck>;
  leave = (): Promise<Ack> => this.answer("leave", { ok: true });
  keep = (): Promise<Ack> => this.answer("keep", { ok: true });
  signal = (): Promise<Ack> => this.answer("signal", { ok: true });
  announce = (): Promise<Ack> => this.answer("announce", { ok: true });

  private answer(event: string, usual: unknown): Promise<Ack> {
    this.said.push(event);
    return Promise.resolve((this.answers[event] ?? usual) as Ack);
  }
}

let live: FakeLive;
let room: RoomConnection;
const phase = () => room.state.get().phase;
const settled = () => vi.advanceTimersByTimeAsync(1);
const made = () => FakeConnection.made;

async function entered(): Promise<void> {
  const local = { state: writable({ audio: null, video: null, microphoneOn: true } as unknown as LocalState) };
  room = openRoom({
    meetingId: MEETING,
    live: live as unknown as LiveClient,
    room: { polite: false, ice_servers: [], ice_transport_policy: "all" },
    local: local as unknown as LocalDevices,
  });
  await settled();
}

async function connected(): Promise<void> {
  await entered();
  live.tell("presence.joined", OTHER);
  made()[0]?.become("connected");
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("RTCPeerConnection", FakeConnection);
  vi.stubGlobal("MediaStream", class { getTracks = () => []; });
  FakeConnection.made = [];
  live = new FakeLive();
});

afterEach(() => {
  room.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a room", () => {
  test("an offer that is quicker than the answer to joining is kept", async () => {
    let answer: (ack: unknown) => void = () => undefined;
    live.join = () => new Promise((resolve) => (answer = resolve as (ack: unknown) => void));
    await entered();
    live.tell("media.announced", { connection_id: "c2", has_video: true, has_audio: true });
    live.tell("signal.received", { from: "c2", description: { type: "offer", sdp: "v=0" } });
    expect(made()).toHaveLength(0);

    const received = vi.spyOn(Peer.prototype, "receive").mockImplementation(() => undefined);
    answer({ ok: true, connection_id: "c1", others: [OTHER] });
    await settled();

    expect(received.mock.calls.map(([signal]) => signal.description?.type)).toEqual(["offer"]);
    expect(room.state.get().other?.has_video).toBe(true);
    received.mockRestore();
  });

  test("waits for the other, then connects when they come", async () => {
    await entered();
    expect(phase()).toBe("waiting");

    live.tell("presence.joined", OTHER);
    expect([phase(), made().length]).toEqual(["connecting", 1]);
  });

  test("connects at once to somebody who is already there", async () => {
    live.answers.join = { ok: true, connection_id: "c1", others: [OTHER] };
    await entered();

    expect(phase()).toBe("connecting");
  });

  test("hears nothing of other meetings", async () => {
    await entered();
    live.tell("presence.joined", { ...OTHER, meeting_id: "another" });

    expect(phase()).toBe("waiting");
  });

  test("keeps the picture of somebody whose line to the server was cut, also one without devices", async () => {
    await connected();
    live.tell("presence.left", OTHER);

    expect([phase(), made()[0]?.connectionState]).toEqual(["connected", "connected"]);
  });

  test("keeps the connection when the other comes back on a new line", async () => {
    await connected();
    live.tell("presence.left", OTHER);
    live.tell("presence.joined", { ...OTHER, connection_id: "c3" });

    expect([phase(), made().length, room.state.get().other?.connectionId]).toEqual(["connected", 1, "c3"]);
  });

  test("lets go at once when the other says goodbye", async () => {
    await connected();
    live.tell("media.announced", { ...OTHER, has_video: true, has_audio: true });
    live.tell("media.announced", { ...OTHER, has_video: false, has_audio: false });
    live.tell("presence.left", OTHER);

    expect([phase(), made()[0]?.connectionState]).toEqual(["waiting", "closed"]);
  });

  test("lets go when picture and presence are both gone", async () => {
    await connected();
    live.tell("presence.left", OTHER);
    made()[0]?.become("disconnected");

    expect(phase()).toBe("waiting");
  });

  test("joins anew when the server no longer knows it", async () => {
    await connected();
    live.answers.keep = { ok: false, error: "expired" };
    await vi.advanceTimersByTimeAsync(10_000);

    expect(live.said.filter((event) => event === "join").length).toBe(2);
  });

  test("joins anew after the line was lost", async () => {
    await connected();
    live.status.set({ state: "offline", since: 1 });
    live.status.set({ state: "online", since: 2 });
    await settled();

    expect(live.said.filter((event) => event === "join").length).toBe(2);
  });

  test("tries again when it is not let in yet", async () => {
    live.answers.join = { ok: false, error: "not_admitted" };
    await entered();
    expect(room.state.get().refusal).toBe("not_admitted");

    delete live.answers.join;
    await vi.advanceTimersByTimeAsync(2_000);
    expect([phase(), room.state.get().refusal]).toEqual(["waiting", null]);
  });

  test("gives way to a newer page of the same person, and can take the meeting back", async () => {
    await connected();
    live.tell("connection.replaced", {});
    expect([phase(), made()[0]?.connectionState]).toEqual(["replaced", "closed"]);

    room.takeOver();
    await settled();
    expect(phase()).toBe("waiting");
  });

  test("is out of a meeting whose right was withdrawn, and does not knock again", async () => {
    await connected();
    live.tell("access.ended", { meeting_id: "another" });
    expect(phase()).toBe("connected");

    live.tell("access.ended", {});
    await vi.advanceTimersByTimeAsync(30_000);
    expect([phase(), live.said.filter((event) => event === "join").length]).toEqual(["ended", 1]);
  });

  test("says goodbye when it is closed", async () => {
    await connected();
    room.close();

    expect(live.said.slice(-2)).toEqual(["announce", "leave"]);
  });
});
