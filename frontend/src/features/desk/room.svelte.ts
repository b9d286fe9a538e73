/** The video room of whoever is at the desk: opened when they are called, kept until goodbye. */
import { api } from "../../lib/api";
import { live } from "../../lib/live";
import { LocalDevices, openRoom, type LocalState, type RoomConnection, type RoomInfo, type RoomState } from "../../lib/media";
import type { DeskMeeting } from "./types";

const RETRY_MS = 3_000;

export class DeskRoom {
  readonly local = new LocalDevices();
  localState = $state.raw<LocalState>(this.local.state.get());
  state = $state.raw<RoomState | null>(null);
  meetingId = $state<string | null>(null);
  private connection: RoomConnection | null = null;
  private left: string | null = null;
  private started = false;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const stop = this.local.state.subscribe((state) => (this.localState = state));
    $effect(() => () => {
      stop();
      this.leave();
      this.local.close();
    });
  }

  /** Ask for camera and microphone once; nothing waits for the answer. */
  prepare(): void {
    if (this.started) return;
    this.started = true;
    void this.local.start();
  }

  /** Be in the room of the meeting as long as it calls for one, and in no other. */
  follow(meeting: DeskMeeting | null): void {
    const wanted = meeting && meeting.form !== "on_site" && meeting.id !== this.left ? meeting : null;
    const open = wanted?.state === "called" || wanted?.state === "talking";
    const stays = wanted?.state === "feedback" && wanted.id === this.meetingId;
    if (!wanted || (!open && !stays)) {
      if (this.meetingId) this.leave();
      return;
    }
    if (wanted.id === this.meetingId) return;
    this.leave();
    this.meetingId = wanted.id;
    this.prepare();
    void this.enter(wanted.id);
  }

  /** Goodbye: the picture goes, the desk stays. */
  hangUp(): void {
    this.left = this.meetingId;
    this.leave();
  }

  takeOver(): void {
    this.connection?.takeOver();
  }

  private async enter(meetingId: string): Promise<void> {
    try {
      const room = await api.get<RoomInfo>(`/api/meetings/${meetingId}/room`);
      if (this.meetingId !== meetingId) return;
      this.connection = openRoom({ meetingId, live: live(), room, local: this.local });
      this.connection.subscribe((state) => (this.state = state));
    } catch {
      if (this.meetingId === meetingId) this.retry = setTimeout(() => void this.enter(meetingId), RETRY_MS);
    }
  }

  private leave(): void {
    clearTimeout(this.retry);
    this.connection?.close();
    this.connection = null;
    this.meetingId = null;
    this.state = null;
  }
}
