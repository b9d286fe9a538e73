/** The goal a seeker carries from one meeting to the next. */
import { api } from "./api";
import type { Goal, Profile } from "./types";

/** The goal now, or null: also when it cannot be read, since no page depends on it. */
export async function myGoal(): Promise<Goal | null> {
  try {
    return (await api.get<Profile>("/api/my/profile")).goal;
  } catch {
    return null;
  }
}
