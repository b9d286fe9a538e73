/** Sentences about wishes and times. */
import { capital, locale, t } from "../../lib/i18n.svelte";
import { clockRange } from "../../lib/time.svelte";
import { awayOf, type Piece, spansAway } from "./day";
import type { Said } from "./types";

/** `a, b och c` in the reader's language. */
export function listed(parts: readonly string[]): string {
  return new Intl.ListFormat(locale() === "sv" ? "sv-SE" : "en-GB", { type: "conjunction" }).format(parts);
}

/** When somebody cannot, in a sentence. */
export function awayText(pieces: readonly Piece[], away: readonly boolean[], zone: string, whose: "mine" | "desk"): string {
  const gone = away.filter((one) => one).length;
  if (gone === 0) return t(`wishes.day_all_${whose}`);
  if (gone === away.length) return t(`wishes.day_none_${whose}`);
  const times = spansAway(pieces, away).map((one) => clockRange(one.starts_at, one.ends_at, zone));
  return t(`wishes.day_not_${whose}`, { times: listed(times) });
}

/** What was said elsewhere, as far as it is not what is said here. */
export function elsewhereText(
  mine: Said,
  theirs: Said,
  about: { name: (id: string) => string; pieces: readonly Piece[]; zone: string; whose: "mine" | "desk" },
): string {
  const parts: string[] = [];
  if (JSON.stringify(mine.picks) !== JSON.stringify(theirs.picks)) {
    const names = theirs.picks.map((pick, at) => `${at + 1}. ${about.name(pick.id)}`);
    parts.push(names.length > 0 ? `${names.join(", ")}.` : t("wishes.nothing_chosen"));
  }
  if (JSON.stringify(mine.hours) !== JSON.stringify(theirs.hours)) {
    parts.push(awayText(about.pieces, awayOf(about.pieces, theirs.hours), about.zone, about.whose));
  }
  if (mine.form !== theirs.form) parts.push(`${t(`wishes.form_${theirs.form ?? "either"}`)}.`);
  if (JSON.stringify(mine.not) !== JSON.stringify(theirs.not)) {
    parts.push(`${t("wishes.rather_not")}: ${theirs.not.map(about.name).join(", ") || "–"}.`);
  }
  return parts.join(" ");
}

/** What kind of interpreter, in words: `sign_language`, `language:ar`, or somebody's own word. */
export function interpreterText(kind: string): string {
  if (kind === "sign_language") return t("wishes.need_sign_language");
  const code = kind.startsWith("language:") ? kind.slice("language:".length) : null;
  if (code === null) return /tolk|interpret/i.test(kind) ? capital(kind) : t("wishes.need_interpreter", { language: kind });
  return t("wishes.need_interpreter", { language: languageName(code) });
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([locale() === "sv" ? "sv-SE" : "en-GB"], { type: "language" }).of(code) ?? code;
  } catch {
    // A code that no browser knows is shown as it is.
    return code;
  }
}
