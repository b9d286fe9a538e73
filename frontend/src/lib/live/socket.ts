/** The one place that knows Socket.IO: a socket that is opened, asked and listened to. */
import { io, type Socket } from "socket.io-client";

const CONNECT_TIMEOUT_MS = 5_000;

export type LiveSocket = {
  readonly connected: boolean;
  open(): void;
  close(): void;
  /** The server's acknowledgement; rejects when none has come within `timeoutMs`. */
  request(event: string, data: unknown, timeoutMs: number): Promise<unknown>;
  on(event: string, listener: (data: unknown) => void): void;
};

/** A socket to `/live` that never reconnects by itself: the client decides when. */
export function socketIo(): LiveSocket {
  // Office proxies break WebSocket often enough that polling must be tried in the same attempt.
  const socket: Socket = io("/live", {
    path: "/socket.io",
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    autoConnect: false,
    reconnection: false,
    timeout: CONNECT_TIMEOUT_MS,
  });
  // A proxy may also let a WebSocket open and cut it at once, which is no error to try the other way after: the next
  // attempt then begins by polling, and goes over to WebSocket if that works after all.
  let ways: ("websocket" | "polling")[] = ["websocket", "polling"];
  socket.on("connect_error", () => {
    ways = ways.toReversed();
    socket.io.opts.transports = ways;
  });
  return {
    get connected() {
      return socket.connected;
    },
    open: () => void socket.connect(),
    close: () => {
      socket.disconnect();
      // Closing the namespace leaves a transport that may hang on a dead line.
      socket.io.engine?.close();
    },
    request: (event, data, timeoutMs) => socket.timeout(timeoutMs).emitWithAck(event, data),
    on: (event, listener) => void socket.on(event, listener),
  };
}
