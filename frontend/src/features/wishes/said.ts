/** What is said on this page, in another window, and on the server, put together. Pure. */
import type { DeskWishes, Form, MyWishes, Said } from "./types";

const formOf = (form: string | null): Form => (form === "video" || form === "on_site" ? form : null);

/** What a seeker has said, as the page holds it. */
export function saidByMe(wishes: MyWishes): Said {
  return {
    form: formOf(wishes.form),
    hours: { from: wishes.available_from, until: wishes.available_until, absences: wishes.absences },
    picks: wishes.wishes.map((one) => ({ id: one.organisation_id, must: one.is_must })),
    not: wishes.rather_not,
  };
}

/** What an employer has said, as the page holds it. */
export function saidAtDesk(wishes: DeskWishes): Said {
  return {
    form: null,
    hours: { from: null, until: null, absences: wishes.absences },
    picks: wishes.wishes.map((one) => ({ id: one.seeker.id, must: one.is_must })),
    not: wishes.rather_not.map((one) => one.id),
  };
}

export function bodyByMe(version: string, said: Said): Record<string, unknown> {
  return {
    version,
    form: said.form,
    available_from: said.hours.from,
    available_until: said.hours.until,
    absences: said.hours.absences,
    wishes: said.picks.map((one) => ({ organisation_id: one.id, is_must: one.must })),
    rather_not: said.not,
  };
}

export function bodyAtDesk(version: string, said: Said): Record<string, unknown> {
  return {
    version,
    absences: said.hours.absences,
    wishes: said.picks.map((one) => ({ seeker_id: one.id, is_must: one.must })),
    rather_not: said.not,
  };
}

const alike = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export function same(one: Said, other: Said): boolean {
  return PARTS.every((part) => alike(one[part], other[part]));
}

const PARTS = ["form", "hours", "picks", "not"] as const;

/**
 * What was said here and elsewhere since `base`, put together part by part.
 *
 * Null where both have changed the same part: then somebody must choose.
 */
export function merged(base: Said, mine: Said, theirs: Said): Said | null {
  const together: Said = { ...theirs };
  for (const part of PARTS) {
    const here = !alike(base[part], mine[part]);
    const there = !alike(base[part], theirs[part]);
    if (here && there && !alike(mine[part], theirs[part])) return null;
    if (here) Object.assign(together, { [part]: mine[part] });
  }
  const picked = new Set(together.picks.map((one) => one.id));
  return { ...together, not: together.not.filter((id) => !picked.has(id)) };
}

/** Without those whom the server no longer knows at the event: its faults name them by their places. */
export function pruned(said: Said, faults: readonly { path: string }[]): Said {
  const gone = (list: string, tail: RegExp) =>
    new Set(faults.map(({ path }) => path.split(".")).filter(([of, , id = ""]) => of === list && tail.test(id)).map(([, at]) => Number(at)));
  const picks = gone("wishes", /^(organisation|seeker)_id$/);
  const not = gone("rather_not", /^$/);
  return {
    ...said,
    picks: said.picks.filter((_, at) => !picks.has(at)),
    not: said.not.filter((_, at) => !not.has(at)),
  };
}
