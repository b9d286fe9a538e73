/** The board of one event: read once, then every desk's card as the stream brings it. */
import { api } from "../../../lib/api";
import { useStreams } from "../../../lib/follow.svelte";
import type { LiveState } from "../../../lib/live";
import { type Remote, remote } from "../../../lib/remote.svelte";
import { every } from "../../../lib/visible.svelte";
import type { DeskCard, LiveBoard, LiveCounts } from "../types";
import { withCard } from "./hands";

/** Counts are read anew now and then, by themselves; cards never have to wait for it. */
const COUNTS_MS = 30_000;

export class Board {
  readonly view: Remote<LiveBoard>;
  /** The live line, and since when it is as it is. */
  line = $state.raw<{ state: LiveState; since: number }>({ state: "idle", since: 0 });
  /** Cards that came while the board was being read, by desk: they are newer than what is read. */
  private heard = new Map<string, DeskCard>();

  /** Call it while a component is being set up. */
  constructor(readonly eventId: string) {
    const path = `/api/recruitment-events/${eventId}/live`;
    this.view = remote(async () => {
      this.heard = new Map();
      const board = await api.get<LiveBoard>(path);
      return { ...board, desks: board.desks.map((desk) => this.heard.get(desk.desk_id) ?? desk) };
    });
    useStreams(
      () => [`event:${eventId}`],
      (notice) => {
        if (notice.kind === "desk.changed") this.take(notice.body as DeskCard);
        else if (notice.kind === "snapshot") this.view.reloadSoon();
        else if (notice.kind.startsWith("plan.") && !this.hasCards(notice.body)) this.view.reloadSoon();
      },
    );
    every(COUNTS_MS, () => {
      if (this.view.problem) return this.view.reloadSoon();
      api
        .get<LiveCounts>(`${path}/counts`)
        .then((counts) => this.view.amend((board) => ({ ...board, counts })))
        // Whether the line is lost shows by the line itself.
        .catch(() => undefined);
    });
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
    this.heard.set(card.desk_id, card);
    this.view.amend((board) => ({ ...board, desks: withCard(board.desks, card) }));
  }

  /** Whether the change is one of meetings that people know of: then each desk that it touches says so itself. */
  private hasCards(body: unknown): boolean {
    const { meeting_ids } = body as { meeting_ids?: string[] };
    return (meeting_ids?.length ?? 0) > 0 && this.view.data !== undefined && this.view.data.event.status !== "draft";
  }
}
