/** What several employers said, gathered by what they said: who asks for the same thing. Pure. */
import type { Answers } from "../../../lib/types";

type Said = { author: { employer_id: string; employer_name: string; employer_initials: string }; held_at: string; answers: Answers };
export type Asked<T> = { choice: T; by: { name: string; initials: string; held_at: string }[] };

/** The choices under `part` that somebody made, what most employers ask for first, the newest of equals first. */
export function gathered<T extends { code: string }>(
  feedback: readonly Said[],
  part: "enabling" | "do_next" | "worked",
  choices: readonly T[],
): Asked<T>[] {
  const found: Asked<T>[] = [];
  for (const choice of choices) {
    const by = new Map<string, Asked<T>["by"][number]>();
    for (const { author, held_at, answers } of feedback) {
      if (!answers[part]?.includes(choice.code)) continue;
      const before = by.get(author.employer_id);
      if (!before || before.held_at < held_at) {
        by.set(author.employer_id, { name: author.employer_name, initials: author.employer_initials, held_at });
      }
    }
    if (by.size > 0) found.push({ choice, by: [...by.values()] });
  }
  return found.sort((a, b) => b.by.length - a.by.length || newest(b).localeCompare(newest(a)));
}

function newest(asked: Asked<unknown>): string {
  return asked.by.map((one) => one.held_at).sort().at(-1) ?? "";
}
