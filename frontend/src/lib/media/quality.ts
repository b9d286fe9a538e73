/** How good the line is, from the browser's own counters: pure judgement, and a watch that feeds it. */

export type Quality = "good" | "weak" | "lost";

/** Running totals and momentary values of one instant. */
export type LineCounters = {
  received: number;
  lost: number;
  jitterS: number;
  roundTripS: number;
  /** Share of what we sent that the other side missed, 0–1. */
  lostThere: number;
  outgoingBps: number | null;
  framesDecoded: number;
  audioEnergy: number;
};

export type LineSample = {
  connected: boolean;
  /** Whether the other side says that it sends sound or picture. */
  expected: boolean;
  received: number;
  lossShare: number;
  jitterS: number;
  roundTripS: number;
  outgoingBps: number | null;
};

const WEAK_LOSS = 0.05;
const WEAK_JITTER_S = 0.06;
const WEAK_ROUND_TRIP_S = 0.45;
const WEAK_OUTGOING_BPS = 150_000;

export function judge(sample: LineSample): Quality {
  if (!sample.connected || (sample.expected && sample.received === 0)) return "lost";
  const weak =
    sample.lossShare > WEAK_LOSS ||
    sample.jitterS > WEAK_JITTER_S ||
    sample.roundTripS > WEAK_ROUND_TRIP_S ||
    (sample.outgoingBps !== null && sample.outgoingBps < WEAK_OUTGOING_BPS);
  return weak ? "weak" : "good";
}

/** What happened between two readings. */
export function sampleBetween(
  before: LineCounters,
  after: LineCounters,
  connection: { connected: boolean; expected: boolean },
): LineSample {
  const received = Math.max(0, after.received - before.received);
  const lost = Math.max(0, after.lost - before.lost);
  const lossHere = received + lost === 0 ? 0 : lost / (received + lost);
  return {
    ...connection,
    received,
    lossShare: Math.max(lossHere, after.lostThere),
    jitterS: after.jitterS,
    roundTripS: after.roundTripS,
    outgoingBps: after.outgoingBps,
  };
}

export const NO_COUNTERS: LineCounters = {
  received: 0,
  lost: 0,
  jitterS: 0,
  roundTripS: 0,
  lostThere: 0,
  outgoingBps: null,
  framesDecoded: 0,
  audioEnergy: 0,
};

type Entry = Record<string, unknown> & { type: string };

/** The counters among what `getStats` returns. */
export function countersOf(report: Iterable<Entry>): LineCounters {
  const counters = { ...NO_COUNTERS };
  for (const entry of report) {
    if (entry.type === "inbound-rtp") readInbound(counters, entry);
    else if (entry.type === "remote-inbound-rtp") {
      counters.lostThere = Math.max(counters.lostThere, numeric(entry.fractionLost));
      counters.roundTripS = Math.max(counters.roundTripS, numeric(entry.roundTripTime));
    } else if (entry.type === "candidate-pair" && entry.nominated === true && entry.state === "succeeded") {
      if (typeof entry.availableOutgoingBitrate === "number") counters.outgoingBps = entry.availableOutgoingBitrate;
    }
  }
  return counters;
}

function readInbound(counters: LineCounters, entry: Entry): void {
  counters.received += numeric(entry.packetsReceived);
  counters.lost += numeric(entry.packetsLost);
  counters.jitterS = Math.max(counters.jitterS, numeric(entry.jitter));
  counters.framesDecoded += numeric(entry.framesDecoded);
  counters.audioEnergy += numeric(entry.totalAudioEnergy);
}

function numeric(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
