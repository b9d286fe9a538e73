/** What a seeker does with an action, a goal or a reflection; whoever shows them hears of the new state. */
import { api } from "../../lib/api";
import { t } from "../../lib/i18n.svelte";
import { toast } from "../../lib/toast.svelte";
import type { ActionState, Learning, LearningAction } from "./types";

type Shown = (learning: Learning) => void;

/** Sends, shows the answer and says so; false when nothing was kept. */
export async function keep(send: () => Promise<Learning>, shown: Shown, said?: string, undo?: () => void): Promise<boolean> {
  try {
    shown(await send());
    if (said) toast(said, undo ? { undo } : {});
    return true;
  } catch {
    toast(t("feedback.not_kept"));
    return false;
  }
}

/** Changes an action; what stood there comes back by one tap. */
export function change(
  action: LearningAction,
  to: { state: ActionState; due_on: string | null },
  shown: Shown,
  said: string,
): Promise<boolean> {
  const path = `/api/my/actions/${action.id}`;
  const before = { state: action.state, due_on: action.due_on };
  const undo = () => void keep(() => api.put<Learning>(path, before), shown);
  return keep(() => api.put<Learning>(path, to), shown, said, undo);
}
