/** The page's one live connection, woken by the browser's own signs that the network is back. */
import { LiveClient } from "./client";
import { socketIo } from "./socket";

export { LiveClient, type LiveState, type LiveStatus } from "./client";
export { REFUSED, SNAPSHOT } from "./protocol";
export type * from "./protocol";
export { writable, type Readable, type Writable } from "./store";

let shared: LiveClient | null = null;

/** The live connection; made at the first call, opened at the first follow or `start()`. */
export function live(): LiveClient {
  if (shared) return shared;
  const client = new LiveClient({
    socket: socketIo(),
    now: () => Date.now(),
    random: () => Math.random(),
    setTimer: (callback, ms) => window.setTimeout(callback, ms),
    clearTimer: (timer) => window.clearTimeout(timer),
  });
  window.addEventListener("online", () => client.wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") client.wake();
  });
  shared = client;
  return client;
}
