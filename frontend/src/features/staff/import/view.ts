/** What the page shows of a preview: what stops the file, what is guessed, what to do next. Pure. */
import type { Import, ImportDecision, ImportGuess, ImportOption, ImportRow, Preview, SharedDecision } from "../types";

export type Bar = { line: number; x: number; state: "ready" | "guess" | "stop" | "left_out" };
export type Mark = { line: number; x: number };
export type GuessGroup = { reason: ImportGuess["reason"]; items: { row: ImportRow; guess: ImportGuess }[]; open: number };
export type StopGroup = { reason: ImportRow["refusals"][number]["reason"]; rows: ImportRow[] };
export type NextAct =
  | { to: "column"; id: string }
  | { to: "row"; id: string; line: number }
  | { to: "question"; id: string }
  | { to: "commit"; count: number }
  | { to: "nothing" };

const MARKS_MAX = 8;
const GUESSED_BY_PROPOSAL: ReadonlySet<ImportGuess["reason"]> = new Set([
  "company_alike", "company_alike_known", "employer_merged", "merged_with_above", "name_repeated", "same_as_above",
]);
/** A row's values, and the field whose name each goes by. */
const READ = [
  ["contacts", "contact"], ["contact", "contact"], ["email", "email"], ["phone", "phone"], ["org_number", "org_number"], ["form", "form"],
  ["from", "from"], ["to", "to"], ["recruiter_count", "recruiter_count"], ["station", "station"], ["wishes", "wish"],
  ["avoids", "avoid"], ["avoid", "avoid"], ["competences", "competences"], ["languages", "languages"],
  ["birth_year", "birth_year"], ["gender", "gender"], ["office", "office"], ["about", "about"],
] as const;
const OF_ONE_CONTACT: ReadonlySet<string> = new Set(["contact", "email", "phone"]);

export const rowId = (line: number) => `row-${line}`;
export const questionId = (index: number) => `question-${index}`;

export function isOpen(shared: SharedDecision): boolean {
  return shared.decision.answer === null && shared.decision.proposed === null;
}

/** Questions that wait, with their place in the list of all. */
export function openQuestions(preview: Preview): { shared: SharedDecision; index: number }[] {
  return preview.decisions.map((shared, index) => ({ shared, index })).filter(({ shared }) => isOpen(shared));
}

/** Questions that staff have answered, in the order of the file. */
export function answeredQuestions(preview: Preview): SharedDecision[] {
  return preview.decisions.filter(({ decision }) => decision.answer !== null);
}

/** What else could be said of a guess that goes by a proposal: the other answers to its question. */
export function alternatives(row: ImportRow, guess: ImportGuess): { decision: ImportDecision; options: ImportOption[] } | undefined {
  const decision = row.decisions.find((one) => one.field === guess.field && one.proposed !== null && one.answer === null);
  if (!decision || !GUESSED_BY_PROPOSAL.has(guess.reason)) return undefined;
  return { decision, options: decision.options.filter((option) => option.value !== decision.proposed) };
}

/** What a row says besides its name, in the order of the form; what is empty is left out. */
export function readValues(row: ImportRow): { field: string; value: unknown }[] {
  const hasSeveral = cellText(row.values.contacts) !== "";
  return READ.filter(([key]) => !(hasSeveral && OF_ONE_CONTACT.has(key)))
    .map(([key, field]) => ({ field, value: row.values[key] }))
    .filter(({ value }) => cellText(value) !== "");
}

export function refusedRows(preview: Preview): ImportRow[] {
  return preview.rows.filter((row) => row.status === "refused");
}

/** Refused rows by their first reason, the reason of most rows last: single faults are mended first. */
export function stopGroups(preview: Preview): StopGroup[] {
  const groups = new Map<string, StopGroup>();
  for (const row of refusedRows(preview)) {
    const reason = row.refusals[0]?.reason;
    if (!reason) continue;
    const group = groups.get(reason) ?? { reason, rows: [] };
    group.rows.push(row);
    groups.set(reason, group);
  }
  return [...groups.values()].sort((a, b) => a.rows.length - b.rows.length || lineOf(a) - lineOf(b));
}

const lineOf = (group: StopGroup) => group.rows[0]?.line ?? 0;

/** One bar a row, at its place from 0 to 1. */
export function bars(preview: Preview): Bar[] {
  const waiting = new Set(openQuestions(preview).flatMap(({ shared }) => shared.lines));
  const { rows } = preview;
  return rows.map((row, index) => ({ line: row.line, x: (index + 0.5) / rows.length, state: barState(row, waiting) }));
}

function barState(row: ImportRow, waiting: ReadonlySet<number>): Bar["state"] {
  if (row.status === "left_out") return "left_out";
  if (row.status === "refused" || waiting.has(row.line)) return "stop";
  return row.guesses.some((guess) => !guess.accepted) ? "guess" : "ready";
}

/** The stopped rows whose number has room under the bars, first ones first. */
export function marks(all: readonly Bar[], room: number): Mark[] {
  const found: Mark[] = [];
  for (const bar of all) {
    const last = found.at(-1);
    // At the ends a label is moved in, as far as half of it is wide.
    const x = Math.min(Math.max(bar.x, room / 2), 1 - room / 2);
    if (bar.state !== "stop" || (last && x - last.x < room)) continue;
    if (found.length < MARKS_MAX) found.push({ line: bar.line, x });
  }
  return found;
}

/** Guesses of the same kind together, those that nobody has looked at first. */
export function guessGroups(preview: Preview): GuessGroup[] {
  const groups = new Map<string, GuessGroup>();
  for (const row of preview.rows) {
    if (row.status === "left_out") continue;
    for (const guess of row.guesses) {
      const group = groups.get(guess.reason) ?? { reason: guess.reason, items: [], open: 0 };
      group.items.push({ row, guess });
      if (!guess.accepted) group.open += 1;
      groups.set(guess.reason, group);
    }
  }
  return [...groups.values()].sort((a, b) => Number(b.open > 0) - Number(a.open > 0) || a.items.length - b.items.length);
}

/** Rows that will be read if nothing more is changed. */
export function willBeRead(preview: Preview): number {
  const waiting = new Set(openQuestions(preview).flatMap(({ shared }) => shared.lines));
  return preview.rows.filter((row) => ["ready", "guess"].includes(barState(row, waiting))).length;
}

/** The one thing to do now: columns, then rows, then questions; then to save it all. */
export function nextAct(shown: Pick<Import, "blocked">, preview: Preview): NextAct {
  if (preview.missing_columns.length > 0) return { to: "column", id: "columns" };
  const row = stopGroups(preview)[0]?.rows[0];
  if (row) return { to: "row", id: rowId(row.line), line: row.line };
  const question = openQuestions(preview)[0];
  if (question) return { to: "question", id: questionId(question.index) };
  return shown.blocked.length > 0 ? { to: "nothing" } : { to: "commit", count: willBeRead(preview) };
}

/** A value as it is shown in a cell. */
export function cellText(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  return value === null || value === undefined || typeof value === "boolean" ? "" : String(value);
}

/** `wish_3` is the third of the wishes, `email_2` the address of the second contact: the field and its rank. */
export function fieldOf(field: string): { code: string; rank: number | null } {
  const [, code, rank] = /^(wish|contact|email|phone)_(\d+)$/.exec(field) ?? [];
  return code && rank ? { code, rank: Number(rank) } : { code: field, rank: null };
}
