/** The room of one meeting: joins, finds the other, keeps the connection, and comes back after every loss. */
import type { LiveClient } from "../live/client";
import type { MediaState, Participant, Signal } from "../live/protocol";
import { writable, type Readable } from "../live/store";
import { PictureGovernor, sendPicture, type PictureSize } from "./bitrate";
import { readCounters, watchLine, type LineReport } from "./line";
import type { LocalDevices } from "./local";
import { Peer, type PeerState, type Tracks } from "./peer";
import type { Quality } from "./quality";

/** The part of `GET /api/meetings/{id}/room` that the connection needs. */
export type RoomInfo = {
  polite: boolean;
  ice_servers: RTCIceServer[];
  ice_transport_policy: RTCIceTransportPolicy;
};

export type RoomPhase = "joining" | "waiting" | "connecting" | "connected" | "recovering" | "replaced" | "ended" | "closed";

export type RoomState = {
  phase: RoomPhase;
  /** Why the last try to join failed, as the server's code. */
  refusal: string | null;
  other: (MediaState & { personId: string; connectionId: string }) | null;
  remote: MediaStream | null;
  quality: Quality | null;
  /** What we send of our picture: on a weak line sound goes first. */
  picture: PictureSize;
  /** False when the other side says that it sends sound and none has been heard for a while. */
  heard: boolean;
};

export type RoomOptions = { meetingId: string; live: LiveClient; room: RoomInfo; local: LocalDevices };

const KEEP_MS = 10_000;
const REJOIN_MS = 2_000;
const SILENT_REPORTS = 6;

const START: RoomState = {
  phase: "joining",
  refusal: null,
  other: null,
  remote: null,
  quality: null,
  picture: "full",
  heard: true,
};

export class RoomConnection {
  private readonly store = writable<RoomState>(START);
  private readonly stops: (() => void)[] = [];
  private readonly governor = new PictureGovernor();
  private peer: Peer | null = null;
  private joining = false;
  /** What the other sent before the server had told us that they are here. */
  private early: (() => void)[] = [];
  private rejoinTimer: ReturnType<typeof setTimeout> | null = null;
  private silent = 0;
  private gone = false;
  /** They turned off all they sent, as a page does when it says goodbye. */
  private dark = false;

  constructor(private readonly options: RoomOptions) {
    const { live, local, meetingId } = options;
    const mine = <T extends { meeting_id: string }>(use: (event: T) => void) => (event: T): void => {
      if (event.meeting_id === meetingId && !this.over) use(event);
    };
    this.stops.push(
      live.on("presence.joined", mine((event) => this.arrived(event))),
      live.on("presence.left", mine((event) => this.left(event.connection_id))),
      live.on("media.announced", mine((event) => this.announced(event.connection_id, event))),
      live.on("signal.received", mine((event) => this.signalled(event.from, event))),
      live.on("connection.replaced", mine(() => this.outOf("replaced"))),
      live.on("access.ended", ({ meeting_id }) => meeting_id === meetingId && !this.over && this.outOf("ended")),
      live.status.subscribe(({ state }) => this.lineChanged(state === "online")),
      local.state.subscribe(() => this.localChanged()),
      watchLine(() => this.peer?.connection ?? null, () => this.otherSends(), (report) => this.judged(report)),
    );
    const keeper = setInterval(() => void this.keep(), KEEP_MS);
    const restart = (): void => this.peer?.restart();
    window.addEventListener("online", restart);
    this.stops.push(() => clearInterval(keeper), () => window.removeEventListener("online", restart));
    live.start();
  }

  subscribe(listener: (state: RoomState) => void): () => void {
    return this.store.subscribe(listener);
  }

  get state(): Readable<RoomState> {
    return this.store;
  }

  /** Take the meeting back to this page, after another page of the same person had it. */
  takeOver(): void {
    if (this.store.get().phase !== "replaced") return;
    this.change({ phase: "joining" });
    void this.join();
  }

  /** Counters for the quality display and for tests: nothing that names anybody. */
  async counters(): Promise<{ framesDecoded: number; received: number; connection: string }> {
    const pc = this.peer?.connection;
    if (!pc) return { framesDecoded: 0, received: 0, connection: "none" };
    const { framesDecoded, received } = await readCounters(pc);
    return { framesDecoded, received, connection: pc.connectionState };
  }

  close(): void {
    const before = this.store.get().phase;
    if (before === "closed") return;
    for (const stop of this.stops.splice(0)) stop();
    this.cancelRejoin();
    this.peer?.close();
    this.peer = null;
    this.change({ phase: "closed", remote: null });
    if (before === "replaced" || before === "ended") return;
    const { live, meetingId } = this.options;
    void live.announce(meetingId, { has_audio: false, has_video: false });
    void live.leave(meetingId);
  }

  private get over(): boolean {
    const { phase } = this.store.get();
    return phase === "closed" || phase === "replaced" || phase === "ended";
  }

  private lineChanged(online: boolean): void {
    if (online && !this.over) void this.join();
  }

  private async join(): Promise<void> {
    if (this.joining || this.over) return;
    this.joining = true;
    this.early = [];
    this.cancelRejoin();
    const answer = await this.options.live.join(this.options.meetingId);
    this.joining = false;
    if (this.over) return;
    if (!answer.ok) {
      this.change({ refusal: answer.error });
      this.rejoinSoon();
      return;
    }
    this.change({ refusal: null });
    void this.announce();
    const other = answer.others.at(-1);
    if (other) this.meet(other, true);
    else this.alone();
    for (const hear of this.early.splice(0)) hear();
  }

  private rejoinSoon(): void {
    if (this.over) return;
    this.cancelRejoin();
    this.rejoinTimer = setTimeout(() => void this.join(), REJOIN_MS);
  }

  private cancelRejoin(): void {
    if (this.rejoinTimer !== null) clearTimeout(this.rejoinTimer);
    this.rejoinTimer = null;
  }

  /** The lease of our presence; a server that no longer knows us is joined anew. */
  private async keep(): Promise<void> {
    if (this.over || this.joining) return;
    const answer = await this.options.live.keep(this.options.meetingId);
    if (!answer.ok && answer.error !== "offline" && answer.error !== "no_answer") await this.join();
  }

  private arrived(other: Participant): void {
    this.meet(other, false);
  }

  private meet(other: Participant, weJoined: boolean): void {
    const known = this.store.get().other;
    const changed = known?.connectionId !== other.connection_id;
    this.gone = false;
    this.dark = false;
    this.change({
      other: {
        personId: other.person_id,
        connectionId: other.connection_id,
        // Somebody who comes back has not yet said what they send: what they sent before is the best guess.
        has_video: other.has_video || (known?.has_video ?? false),
        has_audio: other.has_audio || (known?.has_audio ?? false),
      },
    });
    if (!this.peer) this.connect();
    else if (changed || weJoined) this.peer.verify();
    if (!weJoined) void this.announce();
  }

  private connect(): void {
    const { room } = this.options;
    this.change({ phase: "connecting" });
    this.peer = new Peer(
      room.polite,
      {
        createConnection: () =>
          new RTCPeerConnection({
            iceServers: room.ice_servers,
            iceTransportPolicy: room.ice_transport_policy,
            bundlePolicy: "max-bundle",
          }),
        send: (signal) => void this.send(signal),
        now: () => performance.now(),
      },
      {
        onState: (state) => this.peerChanged(state),
        onRemote: (remote) => this.change({ remote: new MediaStream(remote.getTracks()) }),
      },
      this.tracks(),
    );
  }

  private async send(signal: Signal): Promise<void> {
    const to = this.store.get().other?.connectionId;
    if (!to) return;
    const answer = await this.options.live.signal(this.options.meetingId, to, signal);
    // They have a new line and we have not heard of it: joining again tells us who is here.
    if (!answer.ok && answer.error === "gone" && to === this.store.get().other?.connectionId) this.rejoinSoon();
  }

  private signalled(from: string, signal: Signal): void {
    const { other } = this.store.get();
    if (other && other.connectionId !== from) {
      // Word of their new line was lost, or this is late word from their old one; only an offer tells which.
      if (signal.description?.type !== "offer") return;
      this.change({ other: { ...other, connectionId: from } });
    }
    if (!other && this.joining) return void this.early.push(() => this.signalled(from, signal));
    if (!other) return this.rejoinSoon();
    this.peer?.receive({ description: signal.description, candidate: signal.candidate });
  }

  private left(connectionId: string): void {
    if (this.store.get().other?.connectionId === connectionId) this.alone();
  }

  /** Nobody else is here as far as the server knows; while picture or sound still flow, they are kept. */
  private alone(): void {
    this.gone = true;
    if (this.peer?.connection.connectionState === "connected" && !this.dark) return;
    this.peer?.close();
    this.peer = null;
    this.change({ phase: "waiting", other: null, remote: null, quality: null });
  }

  private announced(connectionId: string, media: Partial<MediaState>): void {
    const { other } = this.store.get();
    if (!other && this.joining) return void this.early.push(() => this.announced(connectionId, media));
    if (!other || other.connectionId !== connectionId) return;
    const next = {
      ...other,
      has_video: media.has_video ?? other.has_video,
      has_audio: media.has_audio ?? other.has_audio,
    };
    this.dark = !next.has_video && !next.has_audio && (this.dark || other.has_video || other.has_audio);
    this.change({ other: next });
  }

  /** Another page of the same person has the meeting, or the right to be in it was withdrawn. */
  private outOf(phase: "replaced" | "ended"): void {
    this.cancelRejoin();
    this.peer?.close();
    this.peer = null;
    this.change({ phase, remote: null });
  }

  private peerChanged(state: PeerState): void {
    if (this.over || state === "closed") return;
    if (this.gone && state !== "connected") this.alone();
    else this.change({ phase: state });
  }

  private localChanged(): void {
    void this.peer?.setTracks(this.tracks());
    void this.announce();
  }

  private tracks(): Tracks {
    const { audio, video } = this.options.local.state.get();
    return { audio, video };
  }

  private async announce(): Promise<void> {
    const { audio, video, microphoneOn } = this.options.local.state.get();
    if (this.over || !this.options.live.online) return;
    await this.options.live.announce(this.options.meetingId, {
      has_audio: audio !== null && microphoneOn,
      has_video: video !== null && this.governor.size !== "none",
    });
  }

  private otherSends(): boolean {
    const { other } = this.store.get();
    return Boolean(other?.has_audio || other?.has_video);
  }

  private judged({ quality, heard }: LineReport): void {
    this.silent = heard || !this.store.get().other?.has_audio ? 0 : this.silent + 1;
    const before = this.governor.size;
    const picture = this.governor.next(quality);
    this.change({ quality, picture, heard: this.silent < SILENT_REPORTS });
    if (picture === before) return;
    void sendPicture(this.peer?.sender("video"), picture);
    void this.announce();
  }

  private change(part: Partial<RoomState>): void {
    this.store.set({ ...this.store.get(), ...part });
  }
}

/** Join a meeting's room and stay in it until `close()`. */
export function openRoom(options: RoomOptions): RoomConnection {
  const room = new RoomConnection(options);
  // Browser tests read whether pictures move; there is nothing here that the page does not show.
  Object.assign(window, { __room: { phase: () => room.state.get().phase, counters: () => room.counters() } });
  return room;
}
