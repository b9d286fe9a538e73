/** A band and a direction in words, as they are shown and read out. */
import { type MessageKey, oneDecimal, t } from "../../lib/i18n.svelte";
import type { ProfileItem } from "../../lib/types";

export type Place = NonNullable<ProfileItem["place"]>;

/** The whole picture of a band, for whoever does not see it. */
export function bandInWords({ meetings, now, first }: Place): string {
  const said = t("profile.band_now", { count: meetings, low: oneDecimal(now.low), high: oneDecimal(now.high) });
  if (!first) return said;
  return `${said} ${t("profile.band_first", { low: oneDecimal(first.low), high: oneDecimal(first.high) })}`;
}

/** What a band that is not there waits for. */
export function awaited({ awaits, ratings_left }: ProfileItem): string {
  if (awaits === null) return "";
  return t(`profile.band_awaits_${awaits}` as MessageKey, { count: ratings_left });
}
