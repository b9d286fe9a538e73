/** How loud a track is, so that a person sees that they are heard. */

const INTERVAL_MS = 100;
const FLOOR_DB = -60;

/** Level from silence to full voice in 0–1, from samples in -1–1. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibel = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12);
  return Math.min(1, Math.max(0, 1 - decibel / FLOOR_DB));
}

/** Report the level of a track ten times a second; the returned function stops. */
export function watchLevel(track: MediaStreamTrack | null, onLevel: (level: number) => void): () => void {
  if (!track || typeof AudioContext === "undefined") return () => {};
  let context: AudioContext;
  try {
    context = new AudioContext();
  } catch {
    // Browsers allow only so many at a time; a meter is not worth an error.
    return () => {};
  }
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    if (context.state === "suspended") void context.resume();
    analyser.getFloatTimeDomainData(samples);
    onLevel(track.enabled ? levelOf(samples) : 0);
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}
