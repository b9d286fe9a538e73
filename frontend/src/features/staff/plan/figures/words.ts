/** What groups are called. */
import { t } from "../../../../lib/i18n.svelte";

const GROUPS = ["women", "men", "under_25", "25_39", "40_54", "55_up"] as const;

export function groupWords(label: string): string {
  const known = GROUPS.find((one) => one === label);
  return known ? t(`plan.group_${known}`) : label;
}
