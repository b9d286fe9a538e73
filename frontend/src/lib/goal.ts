/** The goal a seeker carries from one meeting to the next. */
import { api } from "./api";
import { shortName } from "./names";
import type { Goal } from "./types";

/** The goal with the name of the employer whose feedback it came from; one in own words comes from nobody. */
export type MyGoal = Pick<Goal, "text" | "practise" | "chip"> & { from: string | null };

type Kept = Pick<Goal, "text" | "practise" | "chip"> & { employer_name: string | null };

/** The goal of the learning loop, if one is set. */
export function goalIn(learning: { goal: Kept | null }): MyGoal | null {
  const { goal } = learning;
  return goal && { text: goal.text, practise: goal.practise, chip: goal.chip, from: shortName(goal.employer_name) || null };
}

/** The goal now, or null: also when it cannot be read, since no page depends on it. */
export async function myGoal(): Promise<MyGoal | null> {
  try {
    return goalIn(await api.get<{ goal: Kept | null }>("/api/my/learning"));
  } catch {
    return null;
  }
}
