/** Short notices that something was done, some with a way to undo it. */
import { announce } from "./announce.svelte";

export type Toast = { id: number; text: string; undo?: () => void };

const shown = $state<Toast[]>([]);
let last = 0;

export function toasts(): readonly Toast[] {
  return shown;
}

export function dismiss(id: number): void {
  const at = shown.findIndex((toast) => toast.id === id);
  if (at >= 0) shown.splice(at, 1);
}

/** Shows a notice for `forMs`, longer when it can be undone. */
export function toast(text: string, options: { undo?: () => void; forMs?: number } = {}): number {
  last += 1;
  const id = last;
  const { forMs = options.undo ? 10_000 : 5000, ...rest } = options;
  shown.push({ id, text, ...rest });
  announce(text);
  setTimeout(() => dismiss(id), forMs);
  return id;
}
