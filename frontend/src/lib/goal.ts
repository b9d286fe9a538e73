/** The goal a seeker carries from one meeting to the next. */
import { api } from "./api";
import { shortName } from "./names";
import type { Goal, Profile } from "./types";

/** The goal with the name of the employer whose feedback it came from. */
export type MyGoal = Goal & { from: string | null };

/** The goal of a profile, if one is set. */
export function goalOf(profile: Profile): MyGoal | null {
  if (!profile.goal) return null;
  const id = profile.goal.feedback_id;
  const whose = profile.do_next.flatMap((choice) => choice.whose).find((one) => one.feedback_id === id);
  return { ...profile.goal, from: shortName(whose?.employer_name) || null };
}

/** The goal now, or null: also when it cannot be read, since no page depends on it. */
export async function myGoal(): Promise<MyGoal | null> {
  try {
    return goalOf(await api.get<Profile>("/api/my/profile"));
  } catch {
    return null;
  }
}
