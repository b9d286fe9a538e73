/** How keys move about in a grid, and which of its rows are drawn. Pure. */
import type { Place } from "./index";

const PAGE = 5;

/** Where a key leads from `from` in a grid of this size; null when the key does not move. */
export function moved(from: Place, key: string, ctrl: boolean, size: { desks: number; slots: number }): Place | null {
  const last = { desk: size.desks - 1, slot: size.slots - 1 };
  const to = (desk: number, slot: number): Place => ({
    desk: Math.min(last.desk, Math.max(0, desk)),
    slot: Math.min(last.slot, Math.max(0, slot)),
  });
  switch (key) {
    case "ArrowUp":
      return to(from.desk - 1, from.slot);
    case "ArrowDown":
      return to(from.desk + 1, from.slot);
    case "ArrowLeft":
      return to(from.desk, from.slot - 1);
    case "ArrowRight":
      return to(from.desk, from.slot + 1);
    case "Home":
      return to(ctrl ? 0 : from.desk, 0);
    case "End":
      return to(ctrl ? last.desk : from.desk, last.slot);
    case "PageUp":
      return to(from.desk - PAGE, from.slot);
    case "PageDown":
      return to(from.desk + PAGE, from.slot);
    default:
      return null;
  }
}

/** A row that is drawn, and how many rows before it are left out. */
export type Drawn = { at: number; gap: number };
export type Sight = { top: number; height: number; row: number };

/** Rows drawn beyond the edge, so that a quick hand finds no empty ones. */
const BEYOND = 4;

/** The first and last row in sight, and a few beyond; in steps, so that not each pixel draws anew. */
export function inSight({ top, height, row }: Sight, rows: number): [number, number] {
  if (row <= 0) return [0, Math.min(rows, 4 * BEYOND)];
  const step = BEYOND / 2;
  const first = Math.floor((Math.floor(top / row) - BEYOND) / step) * step;
  const last = Math.ceil((Math.ceil((top + height) / row) + BEYOND) / step) * step;
  return [Math.max(0, Math.min(first, rows)), Math.min(rows, Math.max(0, last))];
}

/** The rows that are drawn: those from `first` to before `last`, and always the one that can have focus. */
export function drawn(first: number, last: number, keep: number, rows: number): { rows: Drawn[]; after: number } {
  const at = Array.from({ length: Math.max(0, last - first) }, (_, number) => first + number);
  if (keep >= 0 && keep < rows && (keep < first || keep >= last)) at.push(keep);
  at.sort((a, b) => a - b);
  return { rows: at.map((row, n) => ({ at: row, gap: row - (at[n - 1] ?? -1) - 1 })), after: rows - (at.at(-1) ?? -1) - 1 };
}
