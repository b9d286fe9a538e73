/** The board of one event: read once, then every desk's card as the stream brings it. */
import { api } from "../../../lib/api";
import { useStreams } from "../../../lib/follow.svelte";
import type { LiveState } from "../../../lib/live";
import { type Remote, remote } from "../../../lib/remote.svelte";
import { every } from "../../../lib/visible.svelte";
import type { DeskCard, LiveBoard } from "../types";
import { withCard } from "./hands";

/** Whole counts are read anew now and then; cards never have to wait for it. */
const COUNTS_MS = 30_000;

export class Board {
  readonly view: Remote<LiveBoard>;
  /** The live line, and since when it is as it is. */
  line = $state.raw<{ state: LiveState; since: number }>({ state: "idle", since: 0 });

  /** Call it while a component is being set up. */
  constructor(readonly eventId: string) {
    this.view = remote(() => api.get<LiveBoard>(`/api/recruitment-events/${eventId}/live`));
    useStreams(
      () => [`event:${eventId}`],
      (notice) => {
        if (notice.kind === "desk.changed") this.take(notice.body as DeskCard);
        else if (notice.kind === "snapshot" || notice.kind.startsWith("plan.")) this.view.reloadSoon();
      },
    );
    every(COUNTS_MS, () => this.view.reloadSoon());
    $effect(() => {
      let stop: (() => void) | undefined;
      let gone = false;
      import("../../../lib/live")
        .then(({ live }) => {
          if (!gone) stop = live().status.subscribe((status) => (this.line = status));
        })
        .catch(() => undefined);
      return () => {
        gone = true;
        stop?.();
      };
    });
  }

  private take(card: DeskCard): void {
    const board = this.view.data;
    // Before the first answer the whole board is on its way anyhow.
    if (board) this.view.set({ ...board, desks: withCard(board.desks, card) });
  }
}
