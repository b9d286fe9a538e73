/** What is said on the live socket: names and shapes as in docs/protocol.md. */

export type StreamEvent = {
  stream: string;
  epoch: string;
  seq: number;
  kind: string;
  body: unknown;
  at: string;
};

/** What a follower hears: an event of the stream, or word that its own view is to be read again. */
export type Notice = { stream: string; kind: string; body: unknown; seq: number | null; at: string | null };

export const SNAPSHOT = "snapshot";
export const REFUSED = "refused";

export type Ack = { ok: true; [key: string]: unknown } | { ok: false; error: string };

export type FollowAck =
  | { ok: true; epoch: string; head: number; events?: StreamEvent[]; snapshot_required?: boolean }
  | { ok: false; error: string };

export type Participant = {
  person_id: string;
  connection_id: string;
  role: string;
  has_video?: boolean;
  has_audio?: boolean;
};

export type JoinAck =
  | { ok: true; connection_id: string; others: Participant[] }
  | { ok: false; error: string };

export type MediaState = {
  has_video: boolean;
  has_audio: boolean;
};

export type PresenceJoined = Participant & { meeting_id: string };
export type PresenceLeft = { meeting_id: string; person_id: string; connection_id: string };
export type MediaAnnounced = Partial<MediaState> & {
  meeting_id: string;
  person_id: string;
  connection_id: string;
};

export type Signal = {
  description?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit;
};

export type SignalReceived = Signal & { meeting_id: string; from: string };
/** A right was withdrawn: one of the two is named. */
export type AccessEnded = { stream?: string; meeting_id?: string };
export type ConnectionReplaced = { meeting_id: string };

export type ServerEvents = {
  "stream.advanced": StreamEvent;
  "presence.joined": PresenceJoined;
  "presence.left": PresenceLeft;
  "media.announced": MediaAnnounced;
  "signal.received": SignalReceived;
  "connection.replaced": ConnectionReplaced;
  "session.ended": Record<string, never>;
  "access.ended": AccessEnded;
};

export type ServerEventName = keyof ServerEvents;
