/** Soft sounds made in the browser: somebody has come, two minutes are left, one is left. */

export type Chime = "arrival" | "two_minutes" | "one_minute";

const NOTES: Record<Chime, number[]> = {
  arrival: [523.25, 659.25],
  two_minutes: [587.33],
  one_minute: [587.33, 587.33],
};
const NOTE_S = 0.28;
const LOUDNESS = 0.08;

let context: AudioContext | null = null;

/** Play a sound, or stay silent where the browser does not allow one yet. */
export function chime(kind: Chime): void {
  try {
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
    NOTES[kind].forEach((frequency, index) => playNote(context as AudioContext, frequency, index * NOTE_S));
  } catch {
    // Every sound also stands on the page in words.
  }
}

function playNote(audio: AudioContext, frequency: number, delay: number): void {
  const start = audio.currentTime + delay;
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.type = "sine";
  tone.frequency.value = frequency;
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, start + 0.03);
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_S * 1.6);
  tone.connect(loudness).connect(audio.destination);
  tone.start(start);
  tone.stop(start + NOTE_S * 1.7);
}
