/** Words that several parts of the plan's page share. */
import { locale, t } from "../../../lib/i18n.svelte";

const NAMES_MAX = 4;

/** The names one after the other; of many the first few, and how many more there are. */
export function namesShort(names: readonly string[], max = NAMES_MAX): string {
  if (names.length <= max + 1) return names.join(", ");
  return `${names.slice(0, max).join(", ")} ${t("staff.and_more", { count: names.length - max })}`;
}

/** A number as the reader's language writes it: `1 838`, `0,02`. */
export function number(value: number, digits = 0): string {
  const tag = locale() === "sv" ? "sv-SE" : "en-GB";
  return new Intl.NumberFormat(tag, { maximumFractionDigits: digits }).format(value);
}

/** How much at most, in per cent: rounded up, since it is a promise. */
export function atMost(pct: number, digits = 2): string {
  const step = 10 ** digits;
  return number(Math.max(0, Math.ceil(pct * step - 1e-9)) / step, digits);
}
