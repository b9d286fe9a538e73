import { afterEach, beforeEach, expect, test } from "vitest";
import { api, setCsrfToken, whenSignedOut } from "./api";
import { asProblem, type Problem } from "./problem";

type Answer = () => Response | Promise<Response>;
let asked: Request[];
let answers: Answer[];
const realFetch = globalThis.fetch;
const QUICK = { retryAfterMs: [0, 0] };

beforeEach(() => {
  asked = [];
  answers = [];
  setCsrfToken("");
  globalThis.fetch = async (request) => {
    asked.push(request as Request);
    const answer = answers.shift();
    if (!answer) throw new TypeError("no line");
    return answer();
  };
});

afterEach(() => {
  globalThis.fetch = realFetch;
});

function json(body: unknown, status = 200): Answer {
  return () => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

async function refusal(call: Promise<unknown>): Promise<Problem> {
  return call.then(
    () => expect.unreachable("it was not refused"),
    (error: unknown) => asProblem(error),
  );
}

const header = (index: number, name: string) => asked[index]?.headers.get(name);

test("a write carries the CSRF token and an idempotency key; a read carries neither", async () => {
  setCsrfToken("secret");
  answers = [json({ done: true }), json([])];

  expect(await api.post("http://x/api/thing", { a: 1 })).toEqual({ done: true });
  await api.get("http://x/api/things");

  expect(header(0, "X-CSRF-Token")).toBe("secret");
  expect(header(0, "Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await asked[0]?.json()).toEqual({ a: 1 });
  expect(header(1, "X-CSRF-Token")).toBe(null);
  expect(header(1, "Idempotency-Key")).toBe(null);
});

test("an act whose line was cut is sent again under the same key", async () => {
  answers = [
    () => {
      throw new TypeError("cut");
    },
    json({ title: "busy" }, 503),
    json({ done: true }),
  ];

  expect(await api.post("http://x/api/thing", {}, QUICK)).toEqual({ done: true });
  expect(asked.length).toBe(3);
  expect(new Set([0, 1, 2].map((index) => header(index, "Idempotency-Key"))).size).toBe(1);
});

test("two acts have two keys", async () => {
  answers = [json({}), json({})];
  await api.post("http://x/api/thing", {});
  await api.post("http://x/api/thing", {});

  expect(header(0, "Idempotency-Key")).not.toBe(header(1, "Idempotency-Key"));
});

test("a line that stays cut is told as being offline", async () => {
  const problem = await refusal(api.get("http://x/api/thing", QUICK));

  expect(problem.isOffline).toBe(true);
  expect(asked.length).toBe(3);
});

test("a refusal is not sent again, and keeps its name, fields and extras", async () => {
  answers = [
    json(
      {
        type: "urn:direktkontakt:problem:SlotTaken",
        title: "Taken",
        status: 409,
        detail: "the time is taken",
        fields: [{ path: "slot_id", message: "taken" }],
        alternatives: [1],
      },
      409,
    ),
  ];
  const problem = await refusal(api.post("http://x/api/thing", {}, QUICK));

  expect(asked.length).toBe(1);
  expect(problem.name).toBe("SlotTaken");
  expect(problem.status).toBe(409);
  expect(problem.detail).toBe("the time is taken");
  expect(problem.fields).toEqual([{ path: "slot_id", message: "taken" }]);
  expect(problem.extras).toEqual({ alternatives: [1] });
});

test("a session that has ended is told once", async () => {
  let told = 0;
  whenSignedOut(() => (told += 1));
  answers = [json({ type: "urn:direktkontakt:problem:NotSignedIn" }, 401)];
  await refusal(api.get("http://x/api/thing", QUICK));

  expect(told).toBe(1);
});

test("an answer without a body is no problem", async () => {
  answers = [() => new Response(null, { status: 204 })];

  expect(await api.delete("http://x/api/thing")).toBe(undefined);
});
