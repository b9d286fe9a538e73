/** Tone advice on the sentence being written: asked for when the hand rests, never in the way of sending. */
import { api } from "../../lib/api";

export type Advice = {
  rule: "ground" | "person" | "absolute" | "no_action";
  ground: string;
  words: string;
  start: number;
  end: number;
  asks: boolean;
};
type ToneOf = (text: string, signal: AbortSignal) => Promise<Advice[]>;

const REST_MS = 700;
const WAIT_MAX_MS = 1_200;

export const SERVER: ToneOf = async (text, signal) => {
  const { advice } = await api.post<{ advice: Advice[] }>("/api/tone-advice", { text }, { signal, retryAfterMs: [] });
  return advice;
};

export class Tone {
  advice = $state.raw<Advice[]>([]);
  private text = "";
  private meant = "";
  private known = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ask: ToneOf = SERVER) {}

  /** The sentence as it stands now; what was said of other words goes as soon as they do. */
  written(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.advice = this.advice.filter(({ words }) => text.includes(words));
    clearTimeout(this.timer);
    if (text.trim() === "") this.advice = [];
    else this.timer = setTimeout(() => void this.look(), REST_MS);
  }

  /** Words that ask for one tap before this sentence is sent. Without an answer in time there are none. */
  async asksFor(text: string): Promise<Advice[]> {
    clearTimeout(this.timer);
    if (text.trim() === "" || text === this.meant) return [];
    this.text = text;
    if (this.known !== text) await this.look();
    return this.advice.filter(({ asks }) => asks);
  }

  /** The one tap: these words are meant so. */
  confirm(): void {
    this.meant = this.text;
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    const { text } = this;
    const patience = new AbortController();
    const wait = setTimeout(() => patience.abort(), WAIT_MAX_MS);
    try {
      const advice = await this.ask(text, patience.signal);
      if (text !== this.text) return;
      this.advice = advice;
      this.known = text;
    } catch {
      // Advice that cannot be had is no reason to wait.
    } finally {
      clearTimeout(wait);
    }
  }
}
