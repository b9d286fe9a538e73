/** What a person has of what is asked for, as an employer reads it: in words, competence by competence. */
import { listed, t } from "../../lib/i18n.svelte";
import type { Asked } from "../jobs/types";
import type { Line } from "../jobs/words";

export function fitLines(required: readonly Asked[], merits: readonly Asked[]): Line[] {
  const lines: Line[] = [];
  const had = required.filter(({ has }) => has);
  const missing = required.filter(({ has }) => !has);
  const plus = merits.filter(({ has }) => has);
  if (had.length > 0) {
    lines.push({ fits: true, text: t("ours.fit_had", { had: had.length, of: required.length, list: listed(had.map(({ label }) => label)) }) });
  }
  if (plus.length > 0) lines.push({ fits: true, text: t("ours.fit_merits", { list: listed(plus.map(({ label }) => label)) }) });
  if (missing.length > 0) lines.push({ fits: false, text: t("ours.fit_missing", { list: listed(missing.map(({ label }) => label)) }) });
  return lines;
}
