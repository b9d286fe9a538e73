/** Two plans side by side as rows, and who meets in one of them only. */
import { capital, t } from "../../../../lib/i18n.svelte";
import { groupWords } from "../figures/words";
import type { Compared, Comparison, Figures } from "../types";
import { number } from "../words";

export type Row = { name: string; one: string; other: string };

/** Meetings that only this plan has, and those that only the other has. */
export function differences(all: readonly Compared[]): { gained: Compared[]; lost: Compared[] } {
  return { gained: all.filter((one) => one.one && !one.other), lost: all.filter((one) => !one.one && one.other) };
}

export function rowsOf({ one, other }: Comparison): Row[] {
  const row = (name: string, value: (figures: Figures) => number | null | undefined, digits = 0): Row => {
    const shown = (figures: Figures) => {
      const found = value(figures);
      return found == null ? "–" : number(found, digits);
    };
    return { name, one: shown(one), other: shown(other) };
  };
  const labels = one.groups.flatMap((group) => group.groups.map((share) => share.label));
  const meanOf = (label: string) => (figures: Figures) =>
    figures.groups.flatMap((group) => group.groups).find((share) => share.label === label)?.mean;
  return [
    row(t("staff.publish_meetings"), (figures) => figures.meetings),
    row(t("plan.without"), (figures) => figures.by_meetings[0]),
    row(t("plan.breaks_cut"), (figures) => figures.breaks),
    row(t("plan.mean_match_row"), (figures) => figures.mean_value, 1),
    ...labels.map((label) => row(t("plan.meetings_each", { group: capital(groupWords(label)) }), meanOf(label), 2)),
  ];
}
