/** How long to wait before the next try, so that a crowd does not come back all at once. */

const FIRST_MS = 400;
const LONGEST_MS = 5_000;

/** Delay before try number `attempt` (0 is the first), in ms, spread by `random` in [0, 1). */
export function reconnectDelay(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(ceiling * (0.5 + random / 2));
}
