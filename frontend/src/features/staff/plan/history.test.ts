import { beforeAll, describe, expect, it } from "vitest";
import { loadWords, startWords } from "../../../lib/i18n.svelte";
import { asksFor, History } from "./history.svelte";

beforeAll(async () => {
  await startWords();
  await loadWords("staff");
});

function told(): { said: string[]; act: (name: string, refuses?: boolean) => Parameters<History["add"]>[0] } {
  const said: string[] = [];
  const way = (text: string, goes: boolean) => () => Promise.resolve(said.push(text) > 0 && goes);
  return { said, act: (name, refuses = false) => ({ text: name, undo: way(`undo ${name}`, !refuses), redo: way(`redo ${name}`, true) }) };
}

describe("what was done", () => {
  it("is taken back from the last to the first, and done again", async () => {
    const { said, act } = told();
    const history = new History();
    history.add(act("one"));
    history.add(act("two"));

    await history.undo();
    await history.undo();
    await history.undo();
    await history.redo();

    expect(said).toEqual(["undo two", "undo one", "redo one"]);
    expect([history.last?.text, history.next?.text]).toEqual(["one", "two"]);
  });

  it("cannot be done again once something else has been done", async () => {
    const { act } = told();
    const history = new History();
    history.add(act("one"));
    await history.undo();
    history.add(act("two"));

    expect([history.last?.text, history.next]).toEqual(["two", undefined]);
  });

  it("is forgotten when it can no longer be taken back", async () => {
    const { act } = told();
    const history = new History();
    history.add(act("one"));
    history.add(act("two", true));

    await history.undo();

    expect([history.last?.text, history.next]).toEqual(["one", undefined]);
  });
});

describe("keys", () => {
  const pressed = (key: string, more: KeyboardEventInit = {}, on: Element = document.body) => {
    const event = new KeyboardEvent("keydown", { key, ctrlKey: true, ...more });
    on.dispatchEvent(event);
    return asksFor(event);
  };

  it("ask for the way back and forth", () => {
    expect(pressed("z")).toBe("undo");
    expect(pressed("Z", { shiftKey: true })).toBe("redo");
    expect(pressed("y", { ctrlKey: false, metaKey: true })).toBe("redo");
    expect(pressed("z", { ctrlKey: false })).toBeUndefined();
  });

  it("are left to a field in which somebody writes", () => {
    expect(pressed("z", {}, document.createElement("input"))).toBeUndefined();
    expect(pressed("z", {}, Object.assign(document.createElement("input"), { type: "range" }))).toBe("undo");
  });
});
