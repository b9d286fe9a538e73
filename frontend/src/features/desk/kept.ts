/** Drafts that the server has not got yet, on this device; forgotten as soon as it has. */
import type { Answers } from "./types";

/** `send` is set when it is to be sent as soon as there is a line: the key of that one act. */
export type Kept = { answers: Answers; base: Answers; version: number; send?: string };

const PREFIX = "direktkontakt.draft.";

export function keep(meetingId: string, draft: Kept): void {
  try {
    localStorage.setItem(PREFIX + meetingId, JSON.stringify(draft));
  } catch {
    // Without storage the draft lives as long as the page.
  }
}

export function kept(meetingId: string): Kept | null {
  try {
    const stored = localStorage.getItem(PREFIX + meetingId);
    return stored === null ? null : (JSON.parse(stored) as Kept);
  } catch {
    return null;
  }
}

export function meetingsKept(): string[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => name.slice(PREFIX.length));
  } catch {
    return [];
  }
}

export function forget(meetingId: string): void {
  try {
    localStorage.removeItem(PREFIX + meetingId);
  } catch {
    // Nothing was kept.
  }
}
