/** This person's microphone and camera through a whole meeting: on, off, changed, pulled out. */
import { writable, type Readable } from "../live/store";
import { closeLocalMedia, openLocalMedia, type Kind, type LocalMedia, type Trouble } from "./capture";
import { rememberChoice, watchDevices, type DeviceChoice } from "./devices";

export type LocalState = {
  /** The browser may be asking the person for leave; nothing waits for the answer. */
  opening: boolean;
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
  microphoneOn: boolean;
  cameraOn: boolean;
  trouble: Record<Kind, Trouble | null>;
};

type Open = typeof openLocalMedia;

const START: LocalState = {
  opening: false,
  audio: null,
  video: null,
  microphoneOn: true,
  cameraOn: true,
  trouble: { audio: null, video: null },
};

export class LocalDevices {
  private readonly store = writable<LocalState>(START);
  private readonly stopWatching: () => void;
  private closed = false;

  constructor(private readonly open: Open = openLocalMedia) {
    this.stopWatching = watchDevices(() => void this.retryMissing());
  }

  get state(): Readable<LocalState> {
    return this.store;
  }

  /** A stream of what is open now, for the self view. */
  stream(): MediaStream {
    const { audio, video } = this.store.get();
    return new MediaStream([audio, video].filter((track) => track !== null));
  }

  /** Open microphone and camera; resolves when the browser has said yes or no to each. */
  async start(): Promise<void> {
    this.change({ opening: true });
    const { microphoneOn, cameraOn } = this.store.get();
    this.take(await this.open({ audio: microphoneOn, video: cameraOn }), ["audio", "video"]);
    this.change({ opening: false });
  }

  /** A muted microphone stays open, so that unmuting is heard at once. */
  async setMicrophone(on: boolean): Promise<void> {
    this.change({ microphoneOn: on });
    const { audio } = this.store.get();
    if (audio) audio.enabled = on;
    else if (on) await this.reopen("audio");
    this.change({});
  }

  /** A camera that is off is closed, so that its light goes out. */
  async setCamera(on: boolean): Promise<void> {
    this.change({ cameraOn: on });
    const { video } = this.store.get();
    if (on && !video) await this.reopen("video");
    if (!on && video) {
      video.stop();
      this.change({ video: null, trouble: { ...this.store.get().trouble, video: null } });
    }
  }

  /** Use another device from now on, and remember it. */
  async choose(choice: DeviceChoice): Promise<void> {
    rememberChoice(choice);
    if (choice.microphone !== undefined && this.store.get().microphoneOn) await this.reopen("audio");
    if (choice.camera !== undefined && this.store.get().cameraOn) await this.reopen("video");
  }

  close(): void {
    this.closed = true;
    this.stopWatching();
    closeLocalMedia(this.store.get());
    this.store.set({ ...this.store.get(), audio: null, video: null });
  }

  private async reopen(kind: Kind): Promise<void> {
    const old = this.store.get()[kind];
    const opened = await this.open({ audio: kind === "audio", video: kind === "video" });
    if (opened[kind] || !old) {
      old?.stop();
      this.take(opened, [kind]);
    } else {
      this.change({ trouble: { ...this.store.get().trouble, [kind]: opened.trouble[kind] } });
    }
  }

  /** Something was plugged in or out: a missing device may be there now. */
  private async retryMissing(): Promise<void> {
    const { audio, video, trouble, opening } = this.store.get();
    if (opening || this.closed) return;
    if (!audio && trouble.audio === "none") await this.reopen("audio");
    if (!video && trouble.video === "none") await this.reopen("video");
  }

  private take(opened: LocalMedia, kinds: Kind[]): void {
    if (this.closed) {
      closeLocalMedia(opened);
      return;
    }
    const state = this.store.get();
    const next: LocalState = { ...state, trouble: { ...state.trouble } };
    for (const kind of kinds) {
      next[kind] = opened[kind];
      next.trouble[kind] = opened.trouble[kind];
      opened[kind]?.addEventListener("ended", () => void this.ended(kind, opened[kind]));
    }
    if (next.audio) next.audio.enabled = next.microphoneOn;
    this.store.set(next);
  }

  /** The device was pulled out or taken: fall back to another one, if there is one. */
  private async ended(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    const state = this.store.get();
    if (this.closed || state[kind] !== track) return;
    this.change({ [kind]: null });
    await this.reopen(kind);
  }

  private change(part: Partial<LocalState>): void {
    this.store.set({ ...this.store.get(), ...part });
  }
}
