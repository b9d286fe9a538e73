/** Follows streams for as long as a component lives; the live layer is loaded only when it is first needed. */
import type { Notice } from "./live/protocol";
import { loseSession, me } from "./session.svelte";

/** Calls `heard` for each event of the streams, and once when the view should be read anew. */
export function useStreams(streams: () => readonly (string | null | undefined)[], heard: (notice: Notice) => void): void {
  const names = $derived([...new Set(streams().filter((name): name is string => !!name))].sort().join(" "));
  $effect(() => {
    if (!names) return;
    const wanted = names.split(" ");
    let stops: (() => void)[] = [];
    let gone = false;
    import("./live")
      .then(({ live }) => {
        if (gone) return;
        stops = wanted.map((name) => live().follow(name, heard));
        stops.push(live().on("session.ended", loseSession));
      })
      // Without the live layer the page still works: it reads anew when it is opened.
      .catch(() => undefined);
    return () => {
      gone = true;
      for (const stop of stops) stop();
    };
  });
}

/** Calls `heard` for each event of whoever is signed in. */
export function useMyStream(heard: (notice: Notice) => void): void {
  useStreams(() => [me().person && `person:${me().person?.id}`], heard);
}
