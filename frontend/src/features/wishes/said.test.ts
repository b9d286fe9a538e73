import { describe, expect, it } from "vitest";
import { added, allowed, avoided, moved, mustsIn, placeOf, removed, withMust } from "./picks";
import { merged, same } from "./said";
import type { Said } from "./types";

const NOTHING: Said = { form: null, hours: { from: null, until: null, absences: [] }, picks: [], not: [] };
const said = (...ids: string[]): Said => ({ ...NOTHING, picks: ids.map((id) => ({ id, must: false })) });
const order = (one: Said): string[] => one.picks.map((pick) => pick.id);

describe("choosing in order", () => {
  it("puts each new one last, once", () => {
    expect(order(added(added(said("a"), "b"), "b"))).toEqual(["a", "b"]);
    expect(placeOf(said("a", "b").picks, "b")).toBe(2);
    expect(placeOf(said("a").picks, "b")).toBe(0);
  });

  it("moves one and keeps the others in order, also beyond the ends", () => {
    const { picks } = said("a", "b", "c");

    expect(moved(picks, "c", 0).map((one) => one.id)).toEqual(["c", "a", "b"]);
    expect(moved(picks, "a", 9).map((one) => one.id)).toEqual(["b", "c", "a"]);
    expect(moved(picks, "a", -1).map((one) => one.id)).toEqual(["a", "b", "c"]);
    expect(moved(picks, "x", 0)).toEqual(picks);
  });

  it("knows nobody both wished for and rather not met", () => {
    const no = avoided(said("a", "b"), "a");

    expect([order(no), no.not]).toEqual([["b"], ["a"]]);
    expect(avoided(no, "a")).toBe(no);
    const yes = added(no, "a");
    expect([order(yes), yes.not]).toEqual([["b", "a"], []]);
    expect(allowed(no, "a").not).toEqual([]);
  });

  it("keeps a must where it moves, and forgets it with its wish", () => {
    const must = withMust(said("a", "b"), "b", true);

    expect(moved(must.picks, "b", 0)[0]).toEqual({ id: "b", must: true });
    expect(mustsIn(must.picks)).toBe(1);
    expect(mustsIn(added(removed(must, "b"), "b").picks)).toBe(0);
  });
});

describe("what was said in two places", () => {
  it("holds both where they are about different things", () => {
    const mine: Said = { ...said("a"), form: "video" };
    const theirs: Said = { ...said("a", "b") };

    expect(merged(said("a"), mine, theirs)).toEqual({ ...theirs, form: "video" });
    expect(merged(said("a"), mine, mine)).toEqual(mine);
  });

  it("is nobody's to decide where they are about the same", () => {
    expect(merged(said("a"), said("a", "b"), said("a", "c"))).toBeNull();
  });

  it("does not both wish for and avoid the same one afterwards", () => {
    const together = merged(NOTHING, said("a"), { ...NOTHING, not: ["a", "b"] });

    expect(together).toEqual({ ...said("a"), not: ["b"] });
  });

  it("is the same only when everything is", () => {
    expect(same(said("a"), said("a"))).toBe(true);
    expect(same(said("a"), withMust(said("a"), "a", true))).toBe(false);
  });
});
