/** The written side of a meeting: what has been said, what is new, and sending. */
import { announce } from "../../lib/announce.svelte";
import { api } from "../../lib/api";
import { useStreams } from "../../lib/follow.svelte";
import { t } from "../../lib/i18n.svelte";
import { asProblem } from "../../lib/problem";
import type { ChatMessage } from "../../lib/types";

export type Chat = {
  readonly list: readonly ChatMessage[];
  readonly unread: number;
  readonly failed: boolean;
  open: boolean;
  send: (text: string) => Promise<boolean>;
};

/** Reads and follows the chat of a meeting. Call it while a component is being set up. */
export function chat(meetingId: () => string, other: () => string): Chat {
  let list = $state.raw<ChatMessage[]>([]);
  let unread = $state(0);
  let failed = $state(false);
  let open = $state(false);
  let known = new Set<string>();
  let first = true;

  async function read(): Promise<void> {
    try {
      const answer = await api.get<ChatMessage[]>(`/api/meetings/${meetingId()}/chat`);
      const fresh = answer.filter((message) => !known.has(message.id) && !message.mine);
      known = new Set(answer.map((message) => message.id));
      list = answer;
      if (!first && fresh.length > 0) {
        if (!open) unread += fresh.length;
        for (const message of fresh) announce(t("room.says", { name: other(), text: message.text }));
      }
      first = false;
    } catch {
      // The stream or the next message brings another try.
    }
  }

  useStreams(
    () => [`meeting:${meetingId()}`],
    (notice) => {
      if (notice.kind === "chat.sent" || notice.kind === "snapshot") void read();
    },
  );
  $effect(() => void read());

  return {
    get list() {
      return list;
    },
    get unread() {
      return unread;
    },
    get failed() {
      return failed;
    },
    get open() {
      return open;
    },
    set open(next) {
      open = next;
      if (next) unread = 0;
    },
    async send(text) {
      failed = false;
      try {
        await api.post(`/api/meetings/${meetingId()}/chat`, { text });
        await read();
        return true;
      } catch (error) {
        failed = asProblem(error).name !== "";
        return false;
      }
    },
  };
}
