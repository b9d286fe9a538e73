import { render, screen } from "@testing-library/svelte";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { loadWords, startWords } from "../../lib/i18n.svelte";
import TalkClock from "./TalkClock.svelte";

const START = Date.parse("2026-11-24T09:00:00Z");

beforeAll(async () => {
  await startWords();
  await loadWords("room");
});

afterEach(() => void vi.useRealTimers());

test("a talk that has just begun has its whole length left, however long ago the page looked at the clock", async () => {
  vi.useFakeTimers({ now: START - 5000 });
  const props = { name: "Tuva", meeting: { talk_started_at: null, talk_ends_at: null, extensions: 0 } };
  const { rerender } = render(TalkClock, props);
  vi.advanceTimersByTime(5900);

  const times = { talk_started_at: new Date(START + 900).toISOString(), talk_ends_at: new Date(START + 600_900).toISOString() };
  await rerender({ ...props, meeting: { ...times, extensions: 0 } });

  expect(screen.getByRole("timer").textContent).toContain("10.00");

  await vi.advanceTimersByTimeAsync(2000);

  expect(screen.getByRole("timer").textContent).toContain("9.58");
});
