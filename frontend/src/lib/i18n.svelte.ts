/**
 * The words of the interface, in the reader's language.
 *
 * `t("my_day.title")` reads a reactive catalogue: a change of language redraws every word in place.
 */
import { IntlMessageFormat } from "intl-messageformat";
import type { Area } from "./areas";

type Catalogue = typeof import("../../messages/sv.json");
export type MessageKey = keyof Catalogue;
export type Locale = "sv" | "en";
export type Values = Record<string, string | number | boolean | null | undefined>;
type Parsed = ConstructorParameters<typeof IntlMessageFormat>[0];
export type ParsedMessages = Record<string, Parsed>;

export const LOCALES: readonly Locale[] = ["sv", "en"];
const STORED = "direktkontakt.locale";

const LOADERS: Record<Locale, Record<Area, () => Promise<{ default: ParsedMessages }>>> = {
  sv: {
    core: () => import("virtual:messages/sv/core"),
    seeker: () => import("virtual:messages/sv/seeker"),
    room: () => import("virtual:messages/sv/room"),
    desk: () => import("virtual:messages/sv/desk"),
    staff: () => import("virtual:messages/sv/staff"),
  },
  en: {
    core: () => import("virtual:messages/en/core"),
    seeker: () => import("virtual:messages/en/seeker"),
    room: () => import("virtual:messages/en/room"),
    desk: () => import("virtual:messages/en/desk"),
    staff: () => import("virtual:messages/en/staff"),
  },
};

const words = $state<{ locale: Locale; messages: ParsedMessages }>({ locale: "sv", messages: {} });
const loaded = new Map<string, Promise<ParsedMessages>>();
const wanted = new Set<Area>(["core"]);
let formats = new Map<string, IntlMessageFormat>();
/** The language last asked for, which may still be on its way. */
let aimed: Locale = "sv";
let turn = 0;
let latest: Promise<void> = Promise.resolve();

function part(locale: Locale, area: Area): Promise<ParsedMessages> {
  const name = `${locale}/${area}`;
  let promise = loaded.get(name);
  if (!promise) {
    promise = LOADERS[locale][area]().then((module) => module.default);
    // A failed download must be tried again, not remembered.
    promise.catch(() => loaded.delete(name));
    loaded.set(name, promise);
  }
  return promise;
}

function show(locale: Locale): Promise<void> {
  aimed = locale;
  turn += 1;
  latest = put(locale, turn);
  return latest;
}

async function put(locale: Locale, mine: number): Promise<void> {
  let parts: ParsedMessages[];
  try {
    parts = await Promise.all([...wanted].map((area) => part(locale, area)));
  } catch (error) {
    if (mine === turn) aimed = words.locale;
    throw error;
  }
  // Whoever asked later asked for all of this too: downloads end in any order.
  if (mine !== turn) return latest;
  words.messages = Object.assign({}, ...parts) as ParsedMessages;
  words.locale = locale;
  formats = new Map();
  document.documentElement.lang = locale;
}

/** The language now shown. */
export function locale(): Locale {
  return words.locale;
}

/** Loads the words of `areas` in the language shown, or in the one that is on its way. */
export async function loadWords(...areas: Area[]): Promise<void> {
  const missing = areas.filter((area) => !wanted.has(area));
  if (missing.length === 0) return;
  for (const area of missing) wanted.add(area);
  try {
    await show(aimed);
  } catch (error) {
    for (const area of missing) wanted.delete(area);
    throw error;
  }
}

/** Shows the whole interface in another language, and remembers it on this device. */
export async function setLocale(next: Locale): Promise<void> {
  await show(next);
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Private windows may refuse storage; the choice then lasts for this page.
  }
}

/** Picks the first language: the remembered one, else Swedish. */
export async function startWords(): Promise<void> {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(STORED);
  } catch {
    stored = null;
  }
  await show(stored === "en" ? "en" : "sv");
}

/** A language chosen in another window holds in this one too. */
export function followOtherWindows(): void {
  addEventListener("storage", ({ key, newValue }) => {
    // Words that cannot be downloaded leave the page in the language it has.
    if (key === STORED && (newValue === "sv" || newValue === "en")) void show(newValue).catch(() => undefined);
  });
}

/** The text of a message with its values filled in. */
export function t(key: MessageKey, values?: Values): string {
  const message = words.messages[key];
  if (message === undefined) return key;
  if (typeof message === "string") return message;
  let format = formats.get(key);
  if (!format) {
    format = new IntlMessageFormat(message, words.locale === "sv" ? "sv-SE" : "en-GB");
    formats.set(key, format);
  }
  return String(format.format(values as Record<string, string | number | boolean | null | undefined>));
}

/** Text that data carries in both languages, e.g. an anchor of an item: `{sv: "…", en: "…"}`. */
export type LocalText = string | Partial<Record<Locale, string>> | null | undefined;

/** The reader's language of a text from the data, else the other one. */
export function local(text: LocalText): string {
  if (text == null) return "";
  if (typeof text === "string") return text;
  return text[words.locale] ?? text.sv ?? text.en ?? "";
}

/** Numbers up to twelve as words, as running text has them; others as digits. */
export function numberWord(count: number, form: "plain" | "ordinal" = "plain"): string {
  const key = form === "plain" ? `common.number_${count}` : `common.place_${count}`;
  if (key in words.messages) return t(key as MessageKey);
  return form === "plain" ? String(count) : t("common.place_other", { count });
}

/** `Java, SQL och Git` */
export function listed(parts: readonly string[]): string {
  return new Intl.ListFormat(words.locale, { type: "conjunction" }).format(parts);
}

/** A number with one decimal, also a whole one: `4,0`. */
export function oneDecimal(value: number): string {
  return new Intl.NumberFormat(words.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}

/** The text with its first letter as a capital, for what begins a line. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(words.locale) + text.slice(1);
}

/** The text with its first letter small, for what stands in a sentence; `IT-tekniker` stays as it is. */
export function inSentence(text: string): string {
  const second = text.charAt(1);
  if (second === second.toLocaleUpperCase(words.locale)) return text;
  return text.charAt(0).toLocaleLowerCase(words.locale) + text.slice(1);
}
