/** What staff have chosen about one file. Each change gives new choices; the server answers with a new preview. */
import type { Choices } from "../types";

const WHOLE_KIND = "*:";
const NONE: Choices = { kind: null, columns: [], overrides: [], answers: [], accepted: [], left_out: [] };

/** The choices that the server has kept, with nothing where nothing was chosen. */
export function choicesOf(stored: Record<string, unknown>): Choices {
  return { ...NONE, ...(stored as Partial<Choices>) };
}

export function asKind(choices: Choices, kind: "employers" | "seekers"): Choices {
  // Columns and answers belong to the kind that they were given for.
  return { ...NONE, kind, left_out: choices.left_out };
}

/** Another text in a cell; an empty one clears it. */
export function overridden(choices: Choices, line: number, field: string, text: string): Choices {
  const others = choices.overrides.filter((one) => one.line !== line || one.field !== field);
  return { ...choices, overrides: [...others, { line, field, text }] };
}

export function answered(choices: Choices, id: string, value: string): Choices {
  const others = choices.answers.filter((one) => one.id !== id);
  return { ...choices, answers: [...others, { id, value }] };
}

/** The question is open again. */
export function asked(choices: Choices, id: string): Choices {
  return { ...choices, answers: choices.answers.filter((one) => one.id !== id) };
}

/** What several columns may hold at once: a cross for each employer. */
const SHARED_FIELD = "wish_mark";

/** A column read as `field`, or not at all. What was seen of whole kinds of guesses is to be looked at again. */
export function mapped(choices: Choices, index: number, field: string | null): Choices {
  const isShared = field === null || field === SHARED_FIELD;
  const others = choices.columns.filter((one) => one.index !== index && (isShared || one.field !== field));
  const accepted = choices.accepted.filter((id) => !id.startsWith(WHOLE_KIND));
  return { ...choices, accepted, columns: [...others, { index, field }] };
}

/** Every guess of a kind is right, however many they are. */
export function acceptedAll(choices: Choices, reason: string): Choices {
  return { ...choices, accepted: [...new Set([...choices.accepted, WHOLE_KIND + reason])] };
}

export function leftOut(choices: Choices, lines: readonly number[]): Choices {
  return { ...choices, left_out: [...new Set([...choices.left_out, ...lines])].sort((a, b) => a - b) };
}

export function takenBack(choices: Choices, lines: readonly number[]): Choices {
  return { ...choices, left_out: choices.left_out.filter((line) => !lines.includes(line)) };
}
