/** What a scorecard holds so far: what is left, what a tap changes, and how two drafts become one. */
import type { Answers, ChipField, Instrument, Question } from "./types";

const LOW_MAX = 2;

export type Left = { code: string; number: number; required: boolean };

/** Questions left in the order they are asked. What would make hiring possible is never left: nobody has to say. */
export function left(answers: Answers, instrument: Instrument): Left[] {
  const { worked, do_next: doNext, next_step: nextStep } = instrument;
  const spoke = (answers.worked?.length ?? 0) > 0 || (answers.worked_statement ?? "").trim() !== "";
  const rated = instrument.items.filter((item) => !(item.code in (answers.ratings ?? {})));
  return [
    ...rated.map(({ code, number }) => ({ code, number, required: true })),
    ...(answers.next_step === undefined ? [{ code: "next_step", number: nextStep.number, required: true }] : []),
    ...(spoke ? [] : [{ code: "worked", number: worked.number, required: worked.least > 0 }]),
    ...((answers.do_next?.length ?? 0) < doNext.least
      ? [{ code: "do_next", number: doNext.number, required: true }]
      : []),
  ];
}

/** Taps until it is sent: one for each question left, and one to send. */
export function tapsLeft(answers: Answers, instrument: Instrument): number {
  return left(answers, instrument).length + 1;
}

export function rate(answers: Answers, code: string, value: number | null): Answers {
  return { ...answers, ratings: { ...answers.ratings, [code]: value } };
}

/** The next step; an occupation goes only with the step that names one. */
export function step(answers: Answers, code: string, question: Question): Answers {
  const { occupation, ...rest } = answers;
  const names = question.choices.find((choice) => choice.code === code)?.names_occupation;
  return { ...rest, next_step: code, ...(names && occupation ? { occupation } : {}) };
}

/** One chip on or off. The oldest gives way when there are too many; one that stands alone excludes the rest. */
export function toggle(answers: Answers, field: ChipField, code: string, question: Question): Answers {
  const chosen = answers[field] ?? [];
  if (chosen.includes(code)) return { ...answers, [field]: chosen.filter((other) => other !== code) };
  const alone = (one: string): boolean => Boolean(question.choices.find((choice) => choice.code === one)?.alone);
  const kept = alone(code) ? [] : chosen.filter((other) => !alone(other));
  return { ...answers, [field]: [...kept, code].slice(-question.most) };
}

/** Whether it is hard to read: no going on, or half or more of what was seen is low; as `feedback.reading.is_hard`. */
export function isHard(answers: Answers, instrument: Instrument): boolean {
  const step = instrument.next_step.choices.find(({ code }) => code === answers.next_step);
  if (step && !step.goes_on) return true;
  const seen = Object.values(answers.ratings ?? {}).filter((value) => value !== null);
  return seen.length > 0 && 2 * seen.filter((value) => value <= LOW_MAX).length >= seen.length;
}

/** As the server reads it: nothing that is empty. */
export function tidy(answers: Answers): Answers {
  const entries = Object.entries(answers).filter(([, value]) => {
    if (value === undefined || value === null || value === "") return false;
    return Array.isArray(value) ? value.length > 0 : typeof value !== "object" || Object.keys(value).length > 0;
  });
  return Object.fromEntries(entries) as Answers;
}

export function same(one: Answers, other: Answers): boolean {
  return canonical(one) === canonical(other);
}

/**
 * Mine and theirs, both grown from `base`, as one: what I changed is mine, the rest is theirs.
 *
 * Ratings are weighed one by one, so that two people at one desk keep each other's answers.
 */
export function merge(base: Answers, mine: Answers, theirs: Answers): Answers {
  const merged: Record<string, unknown> = { ...theirs };
  for (const field of ["next_step", "occupation", "worked", "worked_statement", "do_next", "enabling"] as const) {
    if (canonical(mine[field]) !== canonical(base[field])) merged[field] = mine[field];
  }
  const ratings: Record<string, number | null> = { ...theirs.ratings };
  for (const [code, value] of Object.entries(mine.ratings ?? {})) {
    const before = base.ratings ?? {};
    if (!(code in before) || before[code] !== value) ratings[code] = value;
  }
  return tidy({ ...merged, ratings });
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, inner]) => `${key}:${canonical(inner)}`)
    .join()}}`;
}
