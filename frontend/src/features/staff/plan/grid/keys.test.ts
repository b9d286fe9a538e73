import { describe, expect, it } from "vitest";
import { drawn, inSight, moved } from "./keys";

describe("keys", () => {
  const size = { desks: 10, slots: 24 };

  it("move one step, and stop at the edge", () => {
    expect(moved({ desk: 0, slot: 0 }, "ArrowUp", false, size)).toEqual({ desk: 0, slot: 0 });
    expect(moved({ desk: 3, slot: 5 }, "ArrowDown", false, size)).toEqual({ desk: 4, slot: 5 });
    expect(moved({ desk: 3, slot: 23 }, "ArrowRight", false, size)).toEqual({ desk: 3, slot: 23 });
    expect(moved({ desk: 3, slot: 5 }, "ArrowLeft", false, size)).toEqual({ desk: 3, slot: 4 });
  });

  it("jump along a row, to the corners and by pages", () => {
    expect(moved({ desk: 3, slot: 5 }, "Home", false, size)).toEqual({ desk: 3, slot: 0 });
    expect(moved({ desk: 3, slot: 5 }, "End", true, size)).toEqual({ desk: 9, slot: 23 });
    expect(moved({ desk: 3, slot: 5 }, "PageDown", false, size)).toEqual({ desk: 8, slot: 5 });
    expect(moved({ desk: 3, slot: 5 }, "PageUp", false, size)).toEqual({ desk: 0, slot: 5 });
  });

  it("that do not move are left alone", () => {
    expect(moved({ desk: 3, slot: 5 }, "a", false, size)).toBeNull();
  });
});

describe("rows that are drawn", () => {
  it("are those in sight and a few beyond, and change in steps", () => {
    expect(inSight({ top: 0, height: 440, row: 44 }, 100)).toEqual([0, 14]);
    expect(inSight({ top: 2200, height: 440, row: 44 }, 100)).toEqual([46, 64]);
    expect(inSight({ top: 2240, height: 440, row: 44 }, 100)).toEqual([46, 66]);
    expect(inSight({ top: 9999, height: 440, row: 44 }, 100)).toEqual([100, 100]);
  });

  it("are enough to begin with while their height is not known", () => {
    expect(inSight({ top: 0, height: 440, row: 0 }, 100)).toEqual([0, 16]);
    expect(inSight({ top: 0, height: 440, row: 0 }, 3)).toEqual([0, 3]);
  });

  it("leave gaps as high as what is left out, and keep the row that has focus", () => {
    expect(drawn(4, 6, 9, 12)).toEqual({ rows: [{ at: 4, gap: 4 }, { at: 5, gap: 0 }, { at: 9, gap: 3 }], after: 2 });
    expect(drawn(0, 2, 1, 2)).toEqual({ rows: [{ at: 0, gap: 0 }, { at: 1, gap: 0 }], after: 0 });
    expect(drawn(0, 0, -1, 0)).toEqual({ rows: [], after: 0 });
  });
});
