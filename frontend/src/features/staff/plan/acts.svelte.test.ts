import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../lib/api";
import { loadWords, startWords } from "../../../lib/i18n.svelte";
import { Problem } from "../../../lib/problem";
import { grid, meeting } from "./grid/samples";
import { Plan } from "./plan.svelte";

beforeAll(async () => {
  await startWords();
  await loadWords("staff");
});

let calls: { path: string; body: unknown }[];
let answer: () => Promise<unknown>;

beforeEach(() => {
  calls = [];
  vi.spyOn(api, "get").mockImplementation(() => Promise.resolve(grid() as never));
  vi.spyOn(api, "post").mockImplementation((path: string, body?: unknown) => {
    calls.push({ path, body });
    return answer() as Promise<never>;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

const [mine, theirs] = [meeting("m1", "d1", "s1", "leila"), meeting("m2", "d1", "s2", "amir")];
const at = (slot: string) => ({ desk_id: "d1", slot_id: slot });

function open(): Plan {
  let plan!: Plan;
  $effect.root(() => {
    plan = new Plan("e1");
  });
  plan.view.set(grid({ meetings: [mine, theirs] }));
  return plan;
}

describe("a trade", () => {
  it("is one call, and so is each way back and forth", async () => {
    const plan = open();
    const meetings = [{ ...mine, slot_id: "s2" }, { ...theirs, slot_id: "s1" }];
    answer = () => Promise.resolve({ meetings, told: [], conflicts: [] });

    await plan.trade(mine, theirs);
    await plan.history.undo();
    await plan.history.redo();

    const there = { meeting_id: "m1", other_meeting_id: "m2", place: at("s1"), other_place: at("s2") };
    const back = { ...there, place: at("s2"), other_place: at("s1") };
    expect(calls).toEqual([there, back, there].map((body) => ({ path: "/api/recruitment-events/e1/trades", body })));
    expect(plan.history.last?.text).toContain("amir");
  });

  it("that no longer fits is told and cannot be taken back", async () => {
    const plan = open();
    answer = () => Promise.reject(new Problem("TradeRefused", 409, "", [], { reason: "taken", party: "seeker" }));

    await plan.trade(mine, theirs);

    expect(calls).toHaveLength(1);
    expect(plan.refusal).toEqual({ party: "seeker", takesTwo: false });
    expect(plan.history.last).toBeUndefined();
  });
});
