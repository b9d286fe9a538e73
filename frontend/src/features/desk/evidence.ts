/** How a competence can be seen, in words: the person's own, or the kind of evidence. */
import { t, type MessageKey } from "../../lib/i18n.svelte";
import type { SeekerBrief } from "./types";

export function evidence({ detail, evidence: kind }: SeekerBrief["competences"][number]): string {
  return detail || t(`desk.evidence_${kind}` as MessageKey);
}
