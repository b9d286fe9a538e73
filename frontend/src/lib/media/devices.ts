/** Cameras, microphones and speakers of this machine, and which of them the person has chosen. */

const KEY = "direktkontakt.devices";

export type DeviceChoice = { microphone?: string; camera?: string; speaker?: string };
export type Device = { id: string; label: string };
export type Devices = { microphones: Device[]; cameras: Device[]; speakers: Device[] };

/** The remembered choice; empty where storage is closed or holds something else. */
export function rememberedChoice(): DeviceChoice {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as DeviceChoice) : {};
  } catch {
    return {};
  }
}

export function rememberChoice(choice: DeviceChoice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...rememberedChoice(), ...choice }));
  } catch {
    // Private windows refuse storage; the choice then lasts as long as the page.
  }
}

/** Devices by kind; names are empty until the person has allowed the use of one. */
export async function listDevices(): Promise<Devices> {
  const found: Devices = { microphones: [], cameras: [], speakers: [] };
  if (!navigator.mediaDevices?.enumerateDevices) return found;
  const places = { audioinput: found.microphones, videoinput: found.cameras, audiooutput: found.speakers };
  for (const device of await navigator.mediaDevices.enumerateDevices()) {
    // Before permission every kind shows one nameless, idless entry.
    if (device.deviceId) places[device.kind].push({ id: device.deviceId, label: device.label });
  }
  return found;
}

/** Call back when something is plugged in or out; the returned function stops. */
export function watchDevices(onChange: () => void): () => void {
  const devices = navigator.mediaDevices;
  if (!devices?.addEventListener) return () => {};
  devices.addEventListener("devicechange", onChange);
  return () => devices.removeEventListener("devicechange", onChange);
}

/** Play an element through the chosen speaker, where the browser can. */
export async function useSpeaker(element: HTMLMediaElement, speaker: string | undefined): Promise<void> {
  if (!speaker || !("setSinkId" in element)) return;
  try {
    await element.setSinkId(speaker);
  } catch {
    // The headset was unplugged: the browser goes on with its default.
  }
}
