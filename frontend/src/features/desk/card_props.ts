/** What both shapes of the scorecard are given. */
import type { Left } from "./answers";
import type { Tone } from "./tone.svelte";
import type { Answers, ChipField, Instrument } from "./types";

export type CardActs = {
  rate(code: string, value: number | null): void;
  step(code: string): void;
  toggle(field: ChipField, code: string): void;
  occupation(code: string): void;
  statement(text: string): void;
  preview(): void;
  skip(): void;
  send(): Promise<void>;
};

export type CardProps = {
  instrument: Instrument;
  answers: Answers;
  open: Left[];
  taps: number;
  name: string;
  acts: CardActs;
  saved: { text: string; bad: boolean; quiet?: boolean };
  fault: string | null;
  tone: Tone;
  sending: boolean;
  /** Sending now ends a talk that still runs: said beforehand. */
  endsTalk: boolean;
  onback: (() => void) | null;
};
