import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../../lib/problem";
import { added } from "./picks";
import { Saying, type Ports, type Stored } from "./saying.svelte";
import type { Said } from "./types";

const NOTHING: Said = { form: null, hours: { from: null, until: null, absences: [] }, picks: [], not: [] };
const said = (...ids: string[]): Said => ({ ...NOTHING, picks: ids.map((id) => ({ id, must: false })) });
const order = (one: Said): string[] => one.picks.map((pick) => pick.id);

/** A server that keeps one version after the other, and answers as it is told. */
class Server implements Ports {
  stored: Stored = { version: "v1", said: NOTHING };
  saves: Said[] = [];
  trouble: Problem | null = null;
  troubleOnce = false;

  async save(version: string, next: Said): Promise<Stored> {
    await Promise.resolve();
    const trouble = this.trouble;
    if (this.troubleOnce) this.trouble = null;
    if (trouble) throw trouble;
    if (version !== this.stored.version) throw new Problem("WishesHaveChanged", 409, "", [], { current: this.stored });
    this.saves.push(next);
    this.put(next);
    return this.stored;
  }

  put(next: Said): void {
    this.stored = { version: `v${Number(this.stored.version.slice(1)) + 1}`, said: next };
  }

  current(extras: Record<string, unknown>): Stored | null {
    return (extras.current as Stored | undefined) ?? null;
  }
}

const OFFLINE = new Problem("Offline", 0);
let server: Server;
const open = (): Saying => new Saying("event", server.stored, server);

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
});
afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
});

describe("wishes being said", () => {
  it("are saved once after a moment, however fast they come", async () => {
    const saying = open();
    saying.say(said("a"));
    saying.say(said("a", "b"));
    expect(saying.state).toBe("saving");
    await vi.advanceTimersByTimeAsync(600);

    expect(server.saves.map(order)).toEqual([["a", "b"]]);
    expect(saying.state).toBe("saved");
    expect(localStorage.length).toBe(0);
  });

  it("are taken back one by one, and saved so", async () => {
    const saying = open();
    saying.say(said("a"));
    saying.say(said("a", "b"));
    await vi.advanceTimersByTimeAsync(600);
    saying.undo();
    await vi.advanceTimersByTimeAsync(600);

    expect(order(server.stored.said)).toEqual(["a"]);
    expect(saying.canUndo).toBe(true);
    saying.undo();
    expect([order(saying.said), saying.canUndo]).toEqual([[], false]);
  });

  it("are kept on the device without a line, and sent when it is back", async () => {
    const saying = open();
    server.trouble = OFFLINE;
    saying.say(said("a"));
    await vi.advanceTimersByTimeAsync(600);
    expect(saying.state).toBe("kept");

    const again = open();
    expect(order(again.said)).toEqual(["a"]);
    server.trouble = null;
    again.wake();
    await vi.advanceTimersByTimeAsync(600);

    expect(order(server.stored.said)).toEqual(["a"]);
    expect(again.state).toBe("saved");
  });

  it("hold what was said elsewhere meanwhile, where it is about something else", async () => {
    const saying = open();
    server.put({ ...NOTHING, form: "video" });
    saying.say(said("a"));
    await vi.advanceTimersByTimeAsync(1200);

    expect(server.stored.said).toEqual({ ...said("a"), form: "video" });
    expect(saying.state).toBe("saved");
  });

  it("ask which holds where somebody changed the same, and lose neither before that", async () => {
    const saying = open();
    server.put(said("x"));
    saying.say(said("a"));
    await vi.advanceTimersByTimeAsync(600);

    expect(saying.state).toBe("clash");
    expect([order(saying.said), order(server.stored.said)]).toEqual([["a"], ["x"]]);
    saying.say(added(saying.said, "b"));
    await vi.advanceTimersByTimeAsync(600);
    expect(order(server.stored.said)).toEqual(["x"]);
    saying.choose("mine");
    await vi.advanceTimersByTimeAsync(600);
    expect(order(server.stored.said)).toEqual(["a", "b"]);
  });

  it("give way where the other is chosen", async () => {
    const saying = open();
    server.put(said("x"));
    saying.say(said("a"));
    await vi.advanceTimersByTimeAsync(600);
    saying.choose("theirs");
    await vi.advanceTimersByTimeAsync(600);

    expect([order(saying.said), saying.state, server.saves]).toEqual([["x"], "saved", []]);
  });

  it("end when the plan has been published", async () => {
    const saying = open();
    server.trouble = new Problem("WishesClosed", 409);
    saying.say(said("a"));
    await vi.advanceTimersByTimeAsync(600);

    expect([saying.state, saying.canUndo, localStorage.length]).toEqual(["closed", false, 0]);
    expect(await saying.flush()).toBe(false);
  });

  it("say that they could not be saved where trying again would not help", async () => {
    const saying = open();
    server.trouble = new Problem("Invalid", 422);
    saying.say(said("a"));
    await vi.advanceTimersByTimeAsync(10_000);

    expect(saying.state).toBe("refused");
    expect(localStorage.length).toBe(1);
  });

  it("go on without somebody who has left the event", async () => {
    const saying = open();
    const gone = [{ path: "wishes.1.organisation_id", message: "is not at this event" }];
    server.trouble = new Problem("Invalid", 422, "", [...gone, { path: "rather_not.0", message: "" }]);
    server.troubleOnce = true;
    saying.say({ ...said("a", "b", "c"), not: ["x", "y"] });
    await vi.advanceTimersByTimeAsync(600);

    expect([order(server.stored.said), server.stored.said.not, saying.state]).toEqual([["a", "c"], ["y"], "saved"]);
  });

  it("are with the server before the page is left by its own button", async () => {
    const saying = open();
    saying.say(said("a"));

    expect(await saying.flush()).toBe(true);
    expect(order(server.stored.said)).toEqual(["a"]);
  });

  it("are sent once more when the page is left otherwise", async () => {
    const saying = open();
    saying.say(said("a"));
    saying.close();
    await vi.advanceTimersByTimeAsync(10);

    expect(order(server.stored.said)).toEqual(["a"]);
  });
});
