/** Why a place is a good one, in words. */
import { capital, type MessageKey, t } from "../../../../lib/i18n.svelte";
import type { Match } from "../types";
import { type Alternative, LONG_WAIT_MIN } from "./alternatives";

const CODES = [
  "competences", "employer_rather_not", "employer_wish", "first_choice", "met_before", "nothing_known", "seeker_rather_not",
  "seeker_wish", "target_group", "wished_by_both",
] as const;

/** `3 av 4 sökta kompetenser, båda vill mötas.` */
export function matchWords(match: Match): string {
  const said = match.reasons.flatMap(({ code, params }) => {
    const known = CODES.find((one) => one === code);
    return known ? [t(`plan.match_${known}` as MessageKey, params)] : [];
  });
  return said.length > 0 ? `${capital(said.join(", "))}.` : "";
}

/** What the place means for others and for the wishes. */
export function whyHere({ sameEmployer, rank, match, trade }: Alternative, moves: boolean): string {
  if (trade) return t("plan.trades_with", { name: trade.seeker_name });
  if (moves && sameEmployer) return t("staff.nobody_else_moves");
  const wish = rank ? t("staff.wish_rank", { rank }) : "";
  const other = moves ? t("plan.other_employer") : "";
  const first = match?.reasons.some(({ code }) => code === "wished_by_both") ? `${t("plan.both_want")}` : "";
  return [other, first || (wish && `${wish}.`)].filter(Boolean).join(" ") || t("staff.nobody_else_moves");
}

/** How the place lies to the rest of the day. */
export function waits({ around: { before, after } }: Alternative): string {
  if (before === null && after === null) return t("plan.only_meeting");
  if (before === 0) return t("plan.straight_after");
  if (after === 0) return t("plan.straight_before");
  const gap = Math.min(before ?? Infinity, after ?? Infinity);
  if (gap > LONG_WAIT_MIN) return t("plan.long_wait", { minutes: gap });
  return t(gap === before ? "plan.rest_before" : "plan.rest_after", { minutes: gap });
}
