import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Tone, type Advice } from "./tone.svelte";

const OLD: Advice = { rule: "ground", ground: "age", words: "gammal", start: 7, end: 13, asks: true };
const LAZY: Advice = { rule: "person", ground: "", words: "lat", start: 7, end: 10, asks: false };

let asked: string[];
const answers = (text: string): Promise<Advice[]> => {
  asked.push(text);
  return Promise.resolve([OLD, LAZY].filter(({ words }) => text.includes(words)));
};
const silent = (_text: string, signal: AbortSignal): Promise<Advice[]> =>
  new Promise((_, refuse) => signal.addEventListener("abort", () => refuse(new Error("too late"))));

beforeEach(() => {
  asked = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("tone advice", () => {
  test("waits until the hand rests, and asks once", async () => {
    const tone = new Tone(answers);
    for (const text of ["Du är", "Du är ga", "Du är gammal"]) tone.written(text);
    await vi.advanceTimersByTimeAsync(1000);

    expect(asked).toEqual(["Du är gammal"]);
    expect(tone.advice).toEqual([OLD]);
  });

  test("goes with the words it was about", async () => {
    const tone = new Tone(answers);
    tone.written("Du är gammal");
    await vi.advanceTimersByTimeAsync(1000);
    tone.written("Du är");

    expect(tone.advice).toEqual([]);
  });

  test("asks for a tap for protected grounds alone, and not again once it is given", async () => {
    const tone = new Tone(answers);
    const first = await tone.asksFor("lat och gammal");
    tone.confirm();
    const again = await tone.asksFor("lat och gammal");
    const other = await tone.asksFor("för gammal");

    expect([first, again, other]).toEqual([[OLD], [], [OLD]]);
  });

  test("never keeps a sending waiting when no advice can be had", async () => {
    const tone = new Tone(silent);
    const asks = tone.asksFor("Du är gammal");
    await vi.advanceTimersByTimeAsync(1500);

    expect(await asks).toEqual([]);
  });
});
