/** Ready phrases in the order that this desk uses them most, the same for as long as this tab is open. */
import { api } from "../../lib/api";
import type { ChipField, Instrument, Question } from "./types";

export type ChipOrder = { code: string; version: number } & Record<ChipField, string[]>;

const PREFIX = "direktkontakt.chips.";
const FIELDS: ChipField[] = ["worked", "do_next", "enabling"];

/** The order that was learnt first in this tab; none where it cannot be had, and then the pack's own stands. */
export async function chipOrder(deskId: string): Promise<ChipOrder | null> {
  try {
    const stored = sessionStorage.getItem(PREFIX + deskId);
    if (stored) return JSON.parse(stored) as ChipOrder;
    const order = await api.get<ChipOrder>(`/api/desks/${deskId}/chips`);
    sessionStorage.setItem(PREFIX + deskId, JSON.stringify(order));
    return order;
  } catch {
    return null;
  }
}

export function inOrder(instrument: Instrument, order: ChipOrder | null): Instrument {
  if (!order || order.code !== instrument.code || order.version !== instrument.version) return instrument;
  const sorted = Object.fromEntries(FIELDS.map((field) => [field, sortedBy(instrument[field], order[field])]));
  return { ...instrument, ...(sorted as Record<ChipField, Question>) };
}

function sortedBy(question: Question, codes: string[]): Question {
  const place = (code: string): number => {
    const at = codes.indexOf(code);
    return at < 0 ? codes.length : at;
  };
  return { ...question, choices: [...question.choices].sort((a, b) => place(a.code) - place(b.code)) };
}
