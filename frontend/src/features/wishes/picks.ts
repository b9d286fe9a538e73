/** Choosing in order. Pure: each act gives new lists. */
import type { Pick, Said } from "./types";

export const has = (picks: readonly Pick[], id: string): boolean => picks.some((one) => one.id === id);
export const placeOf = (picks: readonly Pick[], id: string): number => picks.findIndex((one) => one.id === id) + 1;
export const mustsIn = (picks: readonly Pick[]): number => picks.filter((one) => one.must).length;

/** Somebody more, last in order; whoever one would rather not meet may change one's mind. */
export function added(said: Said, id: string): Said {
  if (has(said.picks, id)) return said;
  return { ...said, picks: [...said.picks, { id, must: false }], not: said.not.filter((one) => one !== id) };
}

export function removed(said: Said, id: string): Said {
  return { ...said, picks: said.picks.filter((one) => one.id !== id) };
}

/** The same at another place, from 0; beyond the ends it stays at the end. */
export function moved(picks: readonly Pick[], id: string, to: number): Pick[] {
  const one = picks.find((pick) => pick.id === id);
  if (!one) return [...picks];
  const others = picks.filter((pick) => pick.id !== id);
  const at = Math.max(0, Math.min(others.length, to));
  return [...others.slice(0, at), one, ...others.slice(at)];
}

export function withMust(said: Said, id: string, must: boolean): Said {
  return { ...said, picks: said.picks.map((one) => (one.id === id ? { ...one, must } : one)) };
}

/** Rather not: no wish any more, if it was one. */
export function avoided(said: Said, id: string): Said {
  if (said.not.includes(id)) return said;
  return { ...removed(said, id), not: [...said.not, id] };
}

export function allowed(said: Said, id: string): Said {
  return { ...said, not: said.not.filter((one) => one !== id) };
}
