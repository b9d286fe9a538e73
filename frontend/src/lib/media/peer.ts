/** One connection between two browsers: perfect negotiation, and a way back from every loss. */
import type { Signal } from "../live/protocol";
import type { Kind } from "./capture";
import { hasFingerprint, fingerprintOf } from "./sdp";

export type PeerState = "connecting" | "connected" | "recovering" | "closed";
export type Tracks = Record<Kind, MediaStreamTrack | null>;

export type PeerPorts = {
  createConnection(): RTCPeerConnection;
  /** Pass a signal to the other side; it may be lost on the way. */
  send(signal: Signal): void;
  now(): number;
};

export type PeerListener = {
  onState(state: PeerState): void;
  onRemote(stream: MediaStream): void;
};

const KINDS: Kind[] = ["audio", "video"];
const TICK_MS = 500;
const RESEND_MS = 2_500;
const YOUNG_MS = 3_000;
/** The polite side waits longer at each step, so that the two do not mend the line against each other. */
const PATIENCE = {
  impolite: { offer: 0, disconnected: 2_000, checking: 4_000, rebuild: 15_000 },
  polite: { offer: 2_000, disconnected: 3_500, checking: 6_000, rebuild: 20_000 },
};

/**
 * Keeps a connection to the other side for as long as it is not closed.
 *
 * Two m-lines, sound and picture, are always negotiated both ways: a device that comes later, or never, changes
 * only the track that a sender carries. Signals may be lost, so a pending offer is sent again; a connection
 * whose other end has been made anew is known by its fingerprint and made anew here too.
 * Source: WebRTC 1.0, section 10.7 "Perfect negotiation example".
 */
export class Peer {
  private pc: RTCPeerConnection;
  private tracks: Tracks = { audio: null, video: null };
  private transceivers: Partial<Record<Kind, RTCRtpTransceiver>> = {};
  private makingOffer = false;
  private settingAnswer = false;
  private ignoringOffer = false;
  private theirFingerprint: string | null = null;
  private early: RTCIceCandidateInit[] = [];
  private chain: Promise<void> = Promise.resolve();
  /** Rejects when the present connection is given up. */
  private givenUp: Promise<never> = new Promise(() => undefined);
  private giveUp: () => void = () => undefined;
  private closed = false;
  private bornAt: number;
  private troubledSince: number | null;
  private sentAt = 0;
  private restartedAt = 0;
  private everConnected = false;
  private readonly ticker: ReturnType<typeof setInterval>;
  private readonly patience: (typeof PATIENCE)["polite"];

  constructor(
    private readonly polite: boolean,
    private readonly ports: PeerPorts,
    private readonly listener: PeerListener,
    tracks: Tracks,
  ) {
    this.tracks = { ...tracks };
    this.patience = polite ? PATIENCE.polite : PATIENCE.impolite;
    this.bornAt = ports.now();
    this.troubledSince = this.bornAt;
    this.pc = this.build(!polite);
    this.ticker = setInterval(() => this.tick(), TICK_MS);
  }

  get connection(): RTCPeerConnection {
    return this.pc;
  }

  sender(kind: Kind): RTCRtpSender | undefined {
    return this.transceivers[kind]?.sender;
  }

  /** Send other tracks, or none, without a new negotiation. */
  async setTracks(tracks: Tracks): Promise<void> {
    this.tracks = { ...tracks };
    for (const kind of KINDS) await this.carry(kind);
  }

  receive(signal: Signal): void {
    this.chain = this.chain
      .then(() => (this.closed ? undefined : this.handle(signal)))
      .catch((error: unknown) => console.debug("signal not used", error));
  }

  /** The other side has come back on a new line: see whether the connection still holds. */
  verify(): void {
    if (this.closed) return;
    if (this.pc.connectionState === "connected") {
      if (!this.polite) void this.offer();
    } else if (this.ports.now() - this.bornAt > YOUNG_MS) {
      this.rebuild(!this.polite);
    } else {
      this.resend();
    }
  }

  /** Look for another way through the network, as after a change of network. */
  restart(): void {
    if (this.closed) return;
    this.restartedAt = this.ports.now();
    if (!this.pc.remoteDescription) return;
    this.pc.restartIce();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.ticker);
    this.giveUp();
    this.pc.close();
    this.listener.onState("closed");
  }

  private build(offering: boolean): RTCPeerConnection {
    const pc = this.ports.createConnection();
    this.givenUp = new Promise((_, reject) => (this.giveUp = () => reject(new Error("the connection was given up"))));
    this.givenUp.catch(() => undefined);
    const remote = new MediaStream();
    this.transceivers = {};
    pc.onnegotiationneeded = () => void this.offer();
    pc.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate && pc === this.pc) this.ports.send({ candidate: candidate.toJSON() });
    };
    pc.ontrack = ({ track }) => {
      for (const old of remote.getTracks()) if (old.kind === track.kind) remote.removeTrack(old);
      remote.addTrack(track);
      if (pc === this.pc) this.listener.onRemote(remote);
    };
    pc.onconnectionstatechange = () => {
      if (pc === this.pc) this.changed();
    };
    if (offering) this.addTransceivers(pc);
    return pc;
  }

  /** What is asked of a connection that is then closed is never answered; the next signal must not wait for it. */
  private whileKept<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.givenUp]);
  }

  private rebuild(offering: boolean): void {
    const old = this.pc;
    old.onnegotiationneeded = null;
    old.onicecandidate = null;
    old.ontrack = null;
    old.onconnectionstatechange = null;
    this.giveUp();
    old.close();
    this.theirFingerprint = null;
    this.early = [];
    this.makingOffer = false;
    this.settingAnswer = false;
    this.ignoringOffer = false;
    this.bornAt = this.ports.now();
    this.troubledSince = this.bornAt;
    this.restartedAt = 0;
    this.pc = this.build(offering);
    this.changed();
  }

  private addTransceivers(pc: RTCPeerConnection): void {
    for (const kind of KINDS) {
      const transceiver = pc.addTransceiver(this.tracks[kind] ?? kind, { direction: "sendrecv" });
      this.transceivers[kind] = transceiver;
    }
  }

  private async offer(): Promise<void> {
    const pc = this.pc;
    if (this.closed || pc.signalingState === "have-remote-offer") return;
    this.makingOffer = true;
    try {
      await this.whileKept(pc.setLocalDescription());
      this.resend();
    } catch (error) {
      console.debug("offer not made", error);
    } finally {
      if (pc === this.pc) this.makingOffer = false;
    }
  }

  private resend(): void {
    const description = this.pc.localDescription;
    if (!description) return;
    this.sentAt = this.ports.now();
    this.ports.send({ description: { type: description.type, sdp: description.sdp } });
  }

  private async handle({ description, candidate }: Signal): Promise<void> {
    if (description) await this.describe(description);
    else if (candidate) await this.add(candidate);
  }

  private async describe(description: RTCSessionDescriptionInit): Promise<void> {
    const offered = description.type === "offer";
    if (this.otherIsNew(description)) {
      // Their connection is another one than we spoke with: ours leads nowhere.
      this.rebuild(!offered && !this.polite);
      if (!offered) return;
    }
    const ready = !this.makingOffer && (this.pc.signalingState === "stable" || this.settingAnswer);
    this.ignoringOffer = !this.polite && offered && !ready;
    if (this.ignoringOffer) {
      // They would not be asking if they had heard us.
      this.resend();
      return;
    }
    if (!offered && this.pc.signalingState !== "have-local-offer") return;
    const pc = this.pc;
    this.settingAnswer = !offered;
    try {
      await this.whileKept(pc.setRemoteDescription(description));
    } finally {
      if (pc === this.pc) this.settingAnswer = false;
    }
    this.theirFingerprint = fingerprintOf(description.sdp) ?? this.theirFingerprint;
    for (const held of this.early.splice(0)) await this.add(held);
    if (!offered) return;
    await this.adopt();
    await this.whileKept(pc.setLocalDescription());
    this.resend();
  }

  private otherIsNew(description: RTCSessionDescriptionInit): boolean {
    return this.theirFingerprint !== null && !hasFingerprint(description.sdp, this.theirFingerprint);
  }

  private async add(candidate: RTCIceCandidateInit): Promise<void> {
    if (!this.pc.remoteDescription) {
      this.early.push(candidate);
      return;
    }
    try {
      await this.whileKept(this.pc.addIceCandidate(candidate));
    } catch (error) {
      // Candidates of an offer that was passed over, or of an older restart, fit nothing.
      if (!this.ignoringOffer) console.debug("candidate not used", error);
    }
  }

  /** Use the lines that the other side's offer has made instead of our own that were never agreed. */
  private async adopt(): Promise<void> {
    for (const kind of KINDS) {
      const agreed = this.pc
        .getTransceivers()
        .find(({ mid, direction, receiver }) => mid !== null && direction !== "stopped" && receiver.track.kind === kind);
      if (!agreed) continue;
      const own = this.transceivers[kind];
      if (own && own !== agreed && own.mid === null) own.stop();
      this.transceivers[kind] = agreed;
      if (agreed.direction !== "sendrecv") agreed.direction = "sendrecv";
      await this.carry(kind);
    }
  }

  private async carry(kind: Kind): Promise<void> {
    const sender = this.transceivers[kind]?.sender;
    if (!sender || sender.track === this.tracks[kind]) return;
    try {
      await this.whileKept(sender.replaceTrack(this.tracks[kind]));
    } catch (error) {
      console.debug("track not replaced", error);
    }
  }

  private changed(): void {
    if (this.closed) return;
    const state = this.pc.connectionState;
    if (state === "connected") {
      this.everConnected = true;
      this.troubledSince = null;
      this.listener.onState("connected");
      return;
    }
    this.troubledSince ??= this.ports.now();
    this.listener.onState(this.everConnected ? "recovering" : "connecting");
    if (state === "failed") this.restart();
  }

  /** What has not come about by itself is helped along, one step at a time. */
  private tick(): void {
    if (this.closed || this.troubledSince === null) return;
    const now = this.ports.now();
    const waited = now - this.troubledSince;
    const { signalingState, remoteDescription, connectionState } = this.pc;
    if (waited > this.patience.rebuild) {
      this.rebuild(true);
    } else if (signalingState === "have-local-offer") {
      if (now - this.sentAt > RESEND_MS) this.resend();
    } else if (!remoteDescription) {
      if (waited > this.patience.offer && !this.transceivers.audio) this.addTransceivers(this.pc);
    } else {
      const limit = connectionState === "disconnected" ? this.patience.disconnected : this.patience.checking;
      if (now - Math.max(this.troubledSince, this.restartedAt) > limit) this.restart();
    }
  }
}
