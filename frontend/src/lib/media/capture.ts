/** Picture and sound of this person: what can be had, and in plain terms why the rest cannot. */
import { rememberedChoice, type DeviceChoice } from "./devices";

export type Trouble = "none" | "refused" | "busy" | "unsupported" | "failed";
export type Kind = "audio" | "video";

export type LocalMedia = {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
  trouble: Record<Kind, Trouble | null>;
};

type Opened = { track: MediaStreamTrack | null; trouble: Trouble | null };
type Wish = Record<Kind, boolean>;

const TROUBLES: Record<string, Trouble> = {
  NotFoundError: "none",
  DevicesNotFoundError: "none",
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotReadableError: "busy",
  AbortError: "busy",
};

export function troubleOf(error: unknown): Trouble {
  const name = typeof error === "object" && error !== null && "name" in error ? String(error.name) : "";
  return TROUBLES[name] ?? "failed";
}

/**
 * Open what the person wishes for, as far as it goes; never throws.
 *
 * Camera and microphone are asked for together, so that the browser asks the person once. Where that fails
 * each is tried alone, and a chosen device that is gone gives way to any device.
 */
export async function openLocalMedia(
  wish: Wish = { audio: true, video: true },
  choice: DeviceChoice = rememberedChoice(),
): Promise<LocalMedia> {
  const none: LocalMedia = { audio: null, video: null, trouble: { audio: null, video: null } };
  if (!wish.audio && !wish.video) return none;
  if (!navigator.mediaDevices?.getUserMedia) {
    return { ...none, trouble: { audio: unsupported(wish.audio), video: unsupported(wish.video) } };
  }
  if (wish.audio && wish.video) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(constraints(wish, choice));
      return media(first(stream, "audio"), first(stream, "video"));
    } catch {
      // One of the two is in the way; the other may well work.
    }
  }
  const audio = wish.audio ? await openOne("audio", choice) : nothing;
  const video = wish.video ? await openOne("video", choice) : nothing;
  return media(audio, video);
}

/** Stop the tracks, so that the light beside the camera goes out. */
export function closeLocalMedia(local: LocalMedia | null): void {
  local?.audio?.stop();
  local?.video?.stop();
}

const nothing: Opened = { track: null, trouble: null };

async function openOne(kind: Kind, choice: DeviceChoice): Promise<Opened> {
  const wish = { audio: kind === "audio", video: kind === "video" };
  let error: unknown = null;
  for (const wanted of [choice, {}]) {
    try {
      return first(await navigator.mediaDevices.getUserMedia(constraints(wish, wanted)), kind);
    } catch (thrown) {
      error = thrown;
      if (troubleOf(thrown) === "refused") break;
    }
  }
  return { track: null, trouble: troubleOf(error) };
}

function constraints(wish: Wish, choice: DeviceChoice): MediaStreamConstraints {
  const sound: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const picture: MediaTrackConstraints = {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
  };
  if (choice.microphone) sound.deviceId = { exact: choice.microphone };
  if (choice.camera) picture.deviceId = { exact: choice.camera };
  return { audio: wish.audio && sound, video: wish.video && picture };
}

function first(stream: MediaStream, kind: Kind): Opened {
  const [track] = kind === "audio" ? stream.getAudioTracks() : stream.getVideoTracks();
  return { track: track ?? null, trouble: track ? null : "none" };
}

function media(audio: Opened, video: Opened): LocalMedia {
  return {
    audio: audio.track,
    video: video.track,
    trouble: { audio: audio.trouble, video: video.trouble },
  };
}

function unsupported(wished: boolean): Trouble | null {
  return wished ? "unsupported" : null;
}
