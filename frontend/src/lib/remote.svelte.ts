/** A view of the server that a page shows and reads anew when a stream says that it changed. */
import { untrack } from "svelte";
import { asProblem, type Problem } from "./problem";

export type Remote<T> = {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly reloading: boolean;
  /** Reads again now; a failure keeps what is already shown. */
  reload: () => Promise<void>;
  /** Reads again soon; many calls become one. */
  reloadSoon: () => void;
  /** Shows an answer that another call already brought. */
  set: (data: T) => void;
  /** Shows a part anew; what is being read meanwhile comes all the same. */
  amend: (change: (data: T) => T) => void;
};

const SOON_MS = 150;

/** Reads with `read` at once. Call it while a component is being set up. */
export function remote<T>(read: () => Promise<T>): Remote<T> {
  let data = $state.raw<T | undefined>();
  let problem = $state.raw<Problem | undefined>();
  let reloading = $state(false);
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function reload(): Promise<void> {
    asked += 1;
    const mine = asked;
    reloading = true;
    try {
      const answer = await read();
      // A slower, older answer must not replace a newer one.
      if (mine !== asked) return;
      data = answer;
      problem = undefined;
    } catch (error) {
      if (mine !== asked) return;
      problem = asProblem(error);
      // What one may see no more does not stay on the page.
      if (problem.status === 403 || problem.status === 404) data = undefined;
    } finally {
      if (mine === asked) reloading = false;
    }
  }

  $effect(() => {
    // What is read does not follow what changes while reading: a page is made anew for another address.
    untrack(() => void reload());
    return () => {
      asked += 1;
      clearTimeout(timer);
    };
  });

  return {
    get data() {
      return data;
    },
    get problem() {
      return problem;
    },
    get reloading() {
      return reloading;
    },
    reload,
    reloadSoon() {
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), SOON_MS);
    },
    set(next) {
      asked += 1;
      reloading = false;
      problem = undefined;
      data = next;
    },
    amend(change) {
      if (data !== undefined) data = change(data);
    },
  };
}
