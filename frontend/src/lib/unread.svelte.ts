/** How many answers from employers the seeker has not opened yet: the badge in the menu. */
import { announce } from "./announce.svelte";
import { api } from "./api";
import { useStreams } from "./follow.svelte";
import { t } from "./i18n.svelte";
import { hasRole, me } from "./session.svelte";
import type { FeedbackBrief } from "./types";

const count = $state<{ unread: number; known: boolean }>({ unread: 0, known: false });

export function unreadFeedback(): number {
  return count.unread;
}

async function read(): Promise<void> {
  try {
    const all = await api.get<FeedbackBrief[]>("/api/my/feedback");
    const unread = all.filter((one) => one.state === "sealed").length;
    if (count.known && unread > count.unread) announce(t("nav.new_feedback"));
    count.unread = unread;
    count.known = true;
  } catch {
    // A badge is not worth an error; the page itself tells what is wrong.
  }
}

/** Keeps the badge true while a seeker's pages are shown. Call it while a component is being set up. */
export function useUnreadFeedback(shown: () => boolean): void {
  const seeker = $derived(shown() && hasRole("seeker") ? me().person?.id : undefined);
  useStreams(
    () => [seeker && `person:${seeker}`],
    (notice) => {
      if (notice.kind.startsWith("scorecard.") || notice.kind.startsWith("feedback.")) void read();
    },
  );
  $effect(() => {
    if (seeker) void read();
    else count.known = false;
  });
}
