/** An industry pack while it is written: its JSON, and places in it said in words. */
import { t, type MessageKey } from "../../lib/i18n.svelte";
import type { components } from "../../lib/openapi";

export type Both = { sv: string; en: string };
export type PackSummary = components["schemas"]["PackSummary"];
export type PackAnswer = components["schemas"]["Pack"];
type ChoiceJson = {
  code: string;
  text: Both;
  practise?: Both;
  about?: Both;
  competence?: string;
  action?: string;
};
export type QuestionJson = { title: Both; choices: ChoiceJson[] };
type ItemJson = {
  code: string;
  number: number;
  title: Both;
  own_title: Both;
  anchors: { value: number; text: Both; own_text: Both; short: Both }[];
};
export type PackJson = {
  title: Both;
  items: ItemJson[];
  competences: { code: string; text: Both }[];
} & Record<"next_step" | "worked" | "do_next" | "enabling", QuestionJson>;

export const QUESTIONS = ["next_step", "worked", "do_next", "enabling"] as const;
const NAMED = new Set(
  "items next_step worked do_next enabling skip_reasons reception actions competence_groups competences occupations choices anchors title own_title text own_text short practise about aliases sv en valid_from".split(
    " ",
  ),
);

/** `do_next.choices[practise_sql].practise.en` from the outside in, for somebody who does not program. */
export function placeInWords(path: string): string {
  const steps = [...path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)].map(([, name, entry]) => {
    if (name) return NAMED.has(name) ? t(`pack.at_${name}` as MessageKey) : `”${name}”`;
    return entry?.startsWith("#") ? t("pack.at_number", { number: entry.slice(1) }) : `”${entry ?? ""}”`;
  });
  return steps.join(", ") || t("pack.at_all");
}

/** A code for a new phrase that no other phrase has. */
export function newCode(choices: readonly { code: string }[]): string {
  for (let number = choices.length + 1; ; number += 1) {
    const code = `phrase_${number}`;
    if (!choices.some((choice) => choice.code === code)) return code;
  }
}
