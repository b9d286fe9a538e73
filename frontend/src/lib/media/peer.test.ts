import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Peer } from "./peer";

const offer = (fingerprint: string) => ({
  description: { type: "offer" as const, sdp: `a=fingerprint:sha-256 ${fingerprint}\r\n` },
});

/** A connection that, as browsers do, never answers what it was asked once it is closed. */
class FakeConnection {
  static made: FakeConnection[] = [];
  connectionState = "new";
  signalingState = "stable";
  localDescription = { type: "answer", sdp: "" };
  remoteDescription: RTCSessionDescriptionInit | null = null;
  heard: string[] = [];
  private slow: boolean;

  constructor() {
    this.slow = FakeConnection.made.length === 0;
    FakeConnection.made.push(this);
  }

  addTransceiver = () => ({ sender: { track: null, replaceTrack: () => Promise.resolve() }, mid: null });
  getTransceivers = () => [];
  setLocalDescription = () => Promise.resolve();
  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.heard.push(description.sdp ?? "");
    return this.slow ? new Promise(() => undefined) : Promise.resolve();
  }
  close = () => void (this.connectionState = "closed");
}

let now: number;
let peer: Peer;
const sent = vi.fn();
const made = () => FakeConnection.made;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", class {});
  FakeConnection.made = [];
  now = 0;
  sent.mockClear();
  const ports = { createConnection: () => new FakeConnection() as unknown as RTCPeerConnection, send: sent, now: () => now };
  peer = new Peer(true, ports, { onState: () => undefined, onRemote: () => undefined }, { audio: null, video: null });
});

afterEach(() => {
  peer.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what a given-up connection never answered does not hold up the next one's signals", async () => {
  peer.receive(offer("AA"));
  await vi.advanceTimersByTimeAsync(1);
  expect(made()[0]?.heard).toHaveLength(1);

  now = 60_000;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(made()).toHaveLength(2);

  peer.receive(offer("BB"));
  await vi.advanceTimersByTimeAsync(1);
  expect(made()[1]?.heard).toHaveLength(1);
  expect(sent).toHaveBeenCalledWith({ description: { type: "answer", sdp: "" } });
});
