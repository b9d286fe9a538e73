import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openLocalMedia } from "./capture";
import { LocalDevices } from "./local";

class FakeTrack extends EventTarget {
  enabled = true;
  stopped = false;

  constructor(
    readonly kind: "audio" | "video",
    readonly device: string,
  ) {
    super();
  }

  stop(): void {
    this.stopped = true;
  }
}

/** A machine with devices; each may refuse with the name of an error. */
class FakeMachine extends EventTarget {
  asked: MediaStreamConstraints[] = [];
  refuse: { audio: string | null; video: string | null } = { audio: null, video: null };
  devices = { audio: ["built-in"], video: ["built-in"] };

  getUserMedia = (constraints: MediaStreamConstraints): Promise<MediaStream> => {
    this.asked.push(constraints);
    const tracks: FakeTrack[] = [];
    for (const kind of ["audio", "video"] as const) {
      const wanted = constraints[kind];
      if (!wanted) continue;
      const id = typeof wanted === "object" ? (wanted.deviceId as { exact: string } | undefined)?.exact : undefined;
      const refusal = this.refuse[kind] ?? (id && !this.devices[kind].includes(id) ? "OverconstrainedError" : null);
      if (refusal) return Promise.reject(Object.assign(new Error(refusal), { name: refusal }));
      tracks.push(new FakeTrack(kind, id ?? this.devices[kind][0] ?? ""));
    }
    const of = (kind: string) => tracks.filter((track) => track.kind === kind);
    const stream = { getAudioTracks: () => of("audio"), getVideoTracks: () => of("video") };
    return Promise.resolve(stream as unknown as MediaStream);
  };
}

let machine: FakeMachine;
const kinds = (local: { audio: unknown; video: unknown }) => [local.audio !== null, local.video !== null];
const both = { audio: true, video: true };

beforeEach(() => {
  localStorage.clear();
  machine = new FakeMachine();
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: machine });
});

afterEach(() => Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: undefined }));

describe("opening", () => {
  test("asks once for both when both work", async () => {
    const local = await openLocalMedia(both, {});

    expect(kinds(local)).toEqual([true, true]);
    expect(machine.asked.length).toBe(1);
  });

  test.each([
    ["NotAllowedError", "refused"],
    ["NotFoundError", "none"],
    ["NotReadableError", "busy"],
    ["StrangeError", "failed"],
  ])("keeps the microphone when the camera says %s", async (name, trouble) => {
    machine.refuse.video = name;
    const local = await openLocalMedia(both, {});

    expect(kinds(local)).toEqual([true, false]);
    expect(local.trouble).toEqual({ audio: null, video: trouble });
  });

  test("goes on with nothing when everything is refused", async () => {
    machine.refuse = { audio: "NotAllowedError", video: "NotAllowedError" };
    const local = await openLocalMedia(both, {});

    expect(kinds(local)).toEqual([false, false]);
    expect(local.trouble).toEqual({ audio: "refused", video: "refused" });
  });

  test("says so where the browser gives no devices at all", async () => {
    Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: undefined });
    const local = await openLocalMedia(both, {});

    expect(local.trouble).toEqual({ audio: "unsupported", video: "unsupported" });
  });

  test("takes any device when the remembered one is gone", async () => {
    const local = await openLocalMedia(both, { microphone: "headset" });

    expect((local.audio as unknown as FakeTrack).device).toBe("built-in");
    expect(local.trouble).toEqual({ audio: null, video: null });
  });
});

describe("during a meeting", () => {
  async function started(): Promise<LocalDevices> {
    const local = new LocalDevices();
    await local.start();
    return local;
  }
  const track = (local: LocalDevices, kind: "audio" | "video") => local.state.get()[kind] as unknown as FakeTrack;

  test("a muted microphone stays open and a closed camera is let go", async () => {
    const local = await started();
    const camera = track(local, "video");
    await local.setMicrophone(false);
    await local.setCamera(false);

    expect(track(local, "audio")).toMatchObject({ enabled: false, stopped: false });
    expect(camera.stopped).toBe(true);
    expect(local.state.get().video).toBe(null);
  });

  test("the camera opens again on request", async () => {
    const local = await started();
    await local.setCamera(false);
    await local.setCamera(true);

    expect(track(local, "video").stopped).toBe(false);
  });

  test("another device takes over, and is remembered", async () => {
    const local = await started();
    const before = track(local, "audio");
    machine.devices.audio.push("headset");
    await local.choose({ microphone: "headset" });

    expect(track(local, "audio").device).toBe("headset");
    expect(before.stopped).toBe(true);
    expect(JSON.parse(localStorage.getItem("direktkontakt.devices") ?? "")).toEqual({ microphone: "headset" });
  });

  test("a busy choice leaves the working device in place and says why", async () => {
    const local = await started();
    const before = track(local, "video");
    machine.refuse.video = "NotReadableError";
    await local.choose({ camera: "other" });

    expect(track(local, "video")).toBe(before);
    expect(local.state.get().trouble.video).toBe("busy");
  });

  test("a device that is pulled out gives way to another", async () => {
    const local = await started();
    const before = track(local, "audio");
    before.dispatchEvent(new Event("ended"));
    await new Promise((resolve) => setTimeout(resolve, 0));

    expect(track(local, "audio")).not.toBe(before);
  });

  test("a camera plugged in late is used", async () => {
    machine.refuse.video = "NotFoundError";
    const local = await started();
    machine.refuse.video = null;
    machine.dispatchEvent(new Event("devicechange"));
    await new Promise((resolve) => setTimeout(resolve, 0));

    expect(kinds(local.state.get())).toEqual([true, true]);
  });

  test("an answer that comes after the page has gone is let go at once", async () => {
    const local = new LocalDevices();
    const opening = local.start();
    local.close();
    await opening;

    expect(kinds(local.state.get())).toEqual([false, false]);
  });
});
