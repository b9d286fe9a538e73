/** Watches a connection's counters: how good the line is, and whether anything is heard and seen. */
import { countersOf, judge, NO_COUNTERS, sampleBetween, type LineCounters, type Quality } from "./quality";

const INTERVAL_MS = 2_000;
const GRACE = 2;

export type LineReport = { quality: Quality; framesDecoded: number; heard: boolean };

/** Report every other second; `connection` gives the connection of the moment. The returned function stops. */
export function watchLine(
  connection: () => RTCPeerConnection | null,
  expected: () => boolean,
  onReport: (report: LineReport) => void,
): () => void {
  let before: LineCounters = NO_COUNTERS;
  let watched: RTCPeerConnection | null = null;
  let readings = 0;

  async function read(): Promise<void> {
    const pc = connection();
    if (!pc || pc.connectionState === "closed") return;
    if (pc !== watched) {
      watched = pc;
      before = NO_COUNTERS;
      readings = 0;
    }
    const after = await readCounters(pc);
    if (pc !== watched) return;
    readings += 1;
    const sample = sampleBetween(before, after, { connected: pc.connectionState === "connected", expected: expected() });
    const heard = after.audioEnergy > before.audioEnergy;
    before = after;
    // A connection being made is not a bad line.
    if (readings > GRACE) onReport({ quality: judge(sample), framesDecoded: after.framesDecoded, heard });
  }

  const timer = setInterval(() => void read(), INTERVAL_MS);
  return () => clearInterval(timer);
}

/** The counters of a connection now. */
export async function readCounters(pc: RTCPeerConnection): Promise<LineCounters> {
  const entries: (Record<string, unknown> & { type: string })[] = [];
  (await pc.getStats()).forEach((entry) => entries.push(entry));
  return countersOf(entries);
}
