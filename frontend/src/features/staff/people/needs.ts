/** Scheduling needs in words and as codes. */
import { capital, locale, t } from "../../../lib/i18n.svelte";
import type { EventSeeker } from "../types";

type Needs = EventSeeker["scheduling_needs"];

/** Languages that interpreters are often asked for; another is written as a word. */
export const LANGUAGES = [
  "am", "ar", "bn", "bs", "ckb", "en", "es", "fa", "fi", "fr", "hr", "ku", "pl", "prs", "ps", "pt", "ro", "rom",
  "ru", "so", "sq", "sr", "sw", "th", "ti", "tr", "uk", "ur", "vi", "zh",
] as const;

const PREFIX = "language:";
const KNOWN: ReadonlySet<string> = new Set(LANGUAGES);

/** Which choice an interpreter is: none, sign language, a language of the list, or another. */
export function kindOf(interpreter: string | null): string {
  if (interpreter === null || interpreter === "sign_language") return interpreter ?? "";
  const isListed = interpreter.startsWith(PREFIX) && KNOWN.has(interpreter.slice(PREFIX.length));
  return isListed ? interpreter : "other";
}

export function languageName(code: string, of: string): string {
  try {
    return new Intl.DisplayNames([of === "sv" ? "sv-SE" : "en-GB"], { type: "language" }).of(code) ?? code;
  } catch {
    // A code that no browser knows is shown as it is.
    return code;
  }
}

/** `Tolk: arabiska`, or the word that somebody wrote. */
export function interpreterName(interpreter: string): string {
  if (interpreter === "sign_language") return t("staff.interpreter_sign_language");
  if (interpreter.startsWith(PREFIX)) return t("staff.interpreter_of", { language: languageName(interpreter.slice(PREFIX.length), locale()) });
  return /tolk|interpret/i.test(interpreter) ? capital(interpreter) : t("staff.interpreter_of", { language: interpreter });
}

/** What the plan is to hold for somebody, each in words. */
export function needNames(needs: Needs): string[] {
  return [
    needs.extra_time && t("staff.need_extra_time"),
    needs.accessible_station && t("staff.need_accessible_station"),
    needs.interpreter && interpreterName(needs.interpreter),
  ].filter((one): one is string => Boolean(one));
}

const EXTRA_TIME = "extra_time";
const ACCESSIBLE = "accessible_station";
const INTERPRETER = "interpreter:";
const NONE = "inga";

/** The codes that an import understood, as needs. */
export function needsOf(codes: readonly string[]): Needs {
  const kind = codes.find((code) => code.startsWith(INTERPRETER));
  return {
    extra_time: codes.includes(EXTRA_TIME),
    accessible_station: codes.includes(ACCESSIBLE),
    interpreter: kind ? kind.slice(INTERPRETER.length) : null,
  };
}

/** What is typed in the place of a guess, so that an import reads exactly these needs. */
export function codesOf(needs: Needs): string {
  const codes = [needs.extra_time && EXTRA_TIME, needs.accessible_station && ACCESSIBLE, needs.interpreter && INTERPRETER + needs.interpreter];
  return codes.filter(Boolean).join(", ") || NONE;
}
