/**
 * The way to the server: one client that adds the CSRF token and an idempotency key to each write,
 * tries again when the line was cut, and turns refusals into `Problem`s.
 */
import createClient, { type Middleware } from "openapi-fetch";
import { asProblem, Problem, problemFrom } from "./problem";
import { learnServerTime } from "./time.svelte";

type Method = "get" | "post" | "put" | "patch" | "delete";
export type Options = {
  /** One for each act of the user; the same when that act is sent again. */
  key?: string;
  signal?: AbortSignal;
  /** Waits before a write is sent again after a cut line. */
  retryAfterMs?: readonly number[];
};

const RETRY_AFTER_MS = [400, 1500, 4000] as const;
let csrfToken = "";
let onSignedOut: () => void = () => undefined;

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called when the server says that nobody is signed in any more. */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then;
}

const guard: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && csrfToken) request.headers.set("X-CSRF-Token", csrfToken);
    request.headers.set("Accept", "application/json");
    return request;
  },
};

/** The typed client; `api` below is the short way for most calls. */
export const client = createClient<Record<string, never>>({
  credentials: "same-origin",
  fetch: (request) => globalThis.fetch(request),
});
client.use(guard);

async function once(method: Method, path: string, body: unknown, options: Options): Promise<unknown> {
  const headers: Record<string, string> = method === "get" ? {} : { "Idempotency-Key": options.key ?? "" };
  if (body instanceof Blob) headers["Content-Type"] = "application/octet-stream";
  const sentAt = Date.now();
  const call = client.request as unknown as (
    method: string,
    path: string,
    init: Record<string, unknown>,
  ) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
  let answer;
  try {
    answer = await call(method, path, {
      headers,
      signal: options.signal,
      ...(body === undefined ? {} : { body }),
      ...(body instanceof FormData || body instanceof Blob ? { bodySerializer: (raw: FormData | Blob) => raw } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem("Offline", 0, String(error));
  }
  learnServerTime(answer.response.headers.get("Date"), sentAt, Date.now());
  if (!answer.response.ok) throw problemFrom(answer.response.status, answer.error);
  return answer.data;
}

async function send(method: Method, path: string, body: unknown, options: Options): Promise<unknown> {
  const waits = options.retryAfterMs ?? RETRY_AFTER_MS;
  const keyed = { ...options, key: options.key ?? crypto.randomUUID() };
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(method, path, body, keyed);
    } catch (error) {
      const problem = asProblem(error);
      const wait = waits[attempt];
      const passing = problem.isOffline || problem.status === 503;
      if (!passing || wait === undefined) {
        if (problem.status === 401) onSignedOut();
        throw error;
      }
      await new Promise((resume) => setTimeout(resume, wait));
    }
  }
}

export const api = {
  get: <T>(path: string, options: Options = {}): Promise<T> => send("get", path, undefined, options) as Promise<T>,
  post: <T = void>(path: string, body?: unknown, options: Options = {}): Promise<T> =>
    send("post", path, body, options) as Promise<T>,
  put: <T = void>(path: string, body?: unknown, options: Options = {}): Promise<T> =>
    send("put", path, body, options) as Promise<T>,
  patch: <T = void>(path: string, body?: unknown, options: Options = {}): Promise<T> =>
    send("patch", path, body, options) as Promise<T>,
  delete: <T = void>(path: string, options: Options = {}): Promise<T> =>
    send("delete", path, undefined, options) as Promise<T>,
};
