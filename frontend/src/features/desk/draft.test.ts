import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Problem } from "../../lib/problem";
import { Draft, type DraftPorts } from "./draft.svelte";
import { kept } from "./kept";
import type { Answers, Scorecard } from "./types";

const MEETING = "m1";
const card = (version: number, answers: Answers): Scorecard => ({
  meeting_id: MEETING,
  state: "draft",
  version,
  answers,
  undo_until: null,
});

/** A server that keeps one draft, and can be away. */
class FakeServer implements DraftPorts {
  version = 0;
  answers: Answers = {};
  away = false;
  saves = 0;

  save = (_meetingId: string, version: number, answers: Answers): Promise<Scorecard> => {
    this.saves += 1;
    if (this.away) return Promise.reject(new Problem("Offline", 0));
    if (version !== this.version) return Promise.reject(new Problem("DraftConflict", 409, "", [], { version: this.version }));
    this.version += 1;
    this.answers = answers;
    return Promise.resolve(card(this.version, answers));
  };

  read = (): Promise<Scorecard> => Promise.resolve(card(this.version, this.answers));
}

let server: FakeServer;
const open = (scorecard: Scorecard | null = null) => new Draft(MEETING, scorecard, server);

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
  server = new FakeServer();
});

afterEach(() => void vi.useRealTimers());

describe("a draft", () => {
  test("is saved as it is filled, quick taps together", async () => {
    const draft = open();
    draft.change({ ratings: { item_1: 3 } });
    draft.change({ ratings: { item_1: 3, item_2: 5 } });
    await vi.advanceTimersByTimeAsync(300);

    expect([server.saves, server.answers]).toEqual([1, { ratings: { item_1: 3, item_2: 5 } }]);
    expect([draft.state, kept(MEETING)]).toEqual(["saved", null]);
  });

  test("stays on the device without a line, and is sent when the line is back", async () => {
    const draft = open();
    server.away = true;
    draft.change({ next_step: "yes" });
    await vi.advanceTimersByTimeAsync(300);
    expect([draft.state, kept(MEETING)?.answers]).toEqual(["kept", { next_step: "yes" }]);

    server.away = false;
    draft.wake();
    await vi.advanceTimersByTimeAsync(10);
    expect([draft.state, server.answers, kept(MEETING)]).toEqual(["saved", { next_step: "yes" }, null]);
  });

  test("survives a reload without a line", async () => {
    server.away = true;
    const before = open(card(0, {}));
    before.change({ next_step: "yes" });
    await vi.advanceTimersByTimeAsync(300);
    before.close();

    server.away = false;
    server.version = 4;
    server.answers = { ratings: { item_1: 2 } };
    const after = open(card(4, { ratings: { item_1: 2 } }));
    expect(after.answers).toEqual({ ratings: { item_1: 2 }, next_step: "yes" });

    await vi.advanceTimersByTimeAsync(10);
    expect(server.answers).toEqual({ ratings: { item_1: 2 }, next_step: "yes" });
  });

  test("keeps the answers of both when two fill it in", async () => {
    const draft = open(card(0, {}));
    await server.save(MEETING, 0, { ratings: { item_4: 1 } });
    draft.change({ ratings: { item_1: 5 } });
    await vi.advanceTimersByTimeAsync(300);

    expect(server.answers).toEqual({ ratings: { item_1: 5, item_4: 1 } });
    expect(draft.answers).toEqual(server.answers);
  });

  test("shows what a colleague at the same desk has saved", () => {
    const draft = open(card(1, { next_step: "yes" }));
    draft.heard(card(2, { next_step: "yes", worked: ["prepared"] }));

    expect(draft.answers).toEqual({ next_step: "yes", worked: ["prepared"] });
  });

  test("is with the server before it is sent", async () => {
    const draft = open();
    draft.change({ next_step: "yes" });
    await draft.flush();

    expect(server.answers).toEqual({ next_step: "yes" });
  });

  test("says why it could not be brought to the server", async () => {
    const draft = open();
    server.away = true;
    draft.change({ next_step: "yes" });

    await expect(draft.flush()).rejects.toMatchObject({ name: "Offline" });
  });

  test("leaves nothing on the device when it has been sent", async () => {
    const draft = open();
    server.away = true;
    draft.change({ next_step: "yes" });
    draft.done();
    await vi.advanceTimersByTimeAsync(10_000);

    expect([kept(MEETING), server.saves]).toEqual([null, 0]);
  });
});
