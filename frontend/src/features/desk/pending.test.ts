import { beforeEach, describe, expect, test } from "vitest";
import { Problem } from "../../lib/problem";
import { keep, kept } from "./kept";
import type { Scorecard } from "./types";
import { pending, sendPending, type SendPorts } from "./pending";

const DRAFT = { answers: { next_step: "yes" }, base: {}, version: 3 };
let done: string[];
let fault: Problem | null;
let theirs: Scorecard | null;
const ports: SendPorts = {
  save: (id, version) => {
    if (theirs && version !== theirs.version) return Promise.reject(new Problem("DraftConflict", 409));
    if (fault) return Promise.reject(fault);
    done.push(`save ${id} ${version}`);
    return Promise.resolve({ version: version + 1 });
  },
  read: () => Promise.resolve(theirs),
  send: (id, key) => {
    done.push(`send ${id} ${key}`);
    return Promise.resolve();
  },
};

beforeEach(() => {
  localStorage.clear();
  done = [];
  fault = null;
  theirs = null;
});

describe("a scorecard sent without a line", () => {
  test("waits on this device until it is sent, once", async () => {
    keep("m1", { ...DRAFT, send: "key" });
    keep("m2", DRAFT);

    expect(pending()).toEqual(["m1"]);
    expect(await sendPending("m1", ports)).toBe("sent");
    expect(done).toEqual(["save m1 3", "send m1 key"]);
    expect([pending(), kept("m1")]).toEqual([[], null]);
    expect(await sendPending("m1", ports)).toBe("sent");
    expect(done).toHaveLength(2);
  });

  test("goes all the same when an earlier try was saved and its answer lost", async () => {
    keep("m1", { ...DRAFT, send: "key" });
    theirs = { meeting_id: "m1", state: "draft", version: 4, answers: DRAFT.answers, undo_until: null };

    expect(await sendPending("m1", ports)).toBe("sent");
    expect(done).toEqual(["send m1 key"]);
  });

  test("takes in what somebody else at the desk answered meanwhile", async () => {
    keep("m1", { ...DRAFT, send: "key" });
    theirs = { meeting_id: "m1", state: "draft", version: 4, answers: { ratings: { item_1: 5 } }, undo_until: null };

    expect(await sendPending("m1", ports)).toBe("sent");
    expect(done).toEqual(["save m1 4", "send m1 key"]);
  });

  test("goes on waiting while there is no line", async () => {
    keep("m1", { ...DRAFT, send: "key" });
    fault = new Problem("Offline", 0);

    expect(await sendPending("m1", ports)).toBe("waiting");
    expect(pending()).toEqual(["m1"]);
  });

  test("is a draft again when the server refuses it", async () => {
    keep("m1", { ...DRAFT, send: "key" });
    fault = new Problem("DraftConflict", 409);

    expect(await sendPending("m1", ports)).toBe("refused");
    expect([pending(), kept("m1")?.answers]).toEqual([[], DRAFT.answers]);
  });
});
