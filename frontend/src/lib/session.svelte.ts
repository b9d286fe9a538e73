/** Who is signed in: read once from the server, changed by sign-in, sign-out and choices. */
import { api, setCsrfToken, whenSignedOut } from "./api";
import { type Locale, locale, setLocale } from "./i18n.svelte";
import type { Me, Role } from "./types";

const NOBODY: Me = {
  person: null,
  roles: [],
  csrf_token: "",
  scope_event_id: null,
  shares_with_case_worker: null,
  demo: false,
};

const session = $state<{ me: Me; known: boolean; ended: boolean }>({ me: NOBODY, known: false, ended: false });
/** The language chosen on this page by somebody who had not signed in yet. */
let chosenBefore: Locale | null = null;

/** The person signed in, their roles and choices. */
export function me(): Me {
  return session.me;
}

/** True once the server has said who this is, or that it is nobody. */
export function isKnown(): boolean {
  return session.known;
}

export function isSignedIn(): boolean {
  return session.me.person !== null;
}

export function hasRole(...roles: Role[]): boolean {
  return session.me.roles.some((held) => roles.includes(held.role));
}

/** True when the session was ended from elsewhere, or ran out, while the page was in use. */
export function sessionEnded(): boolean {
  return session.ended;
}

/** The menu that belongs to who is signed in. */
export function ownFrame(): "seeker" | "staff" | "bare" {
  if (hasRole("staff", "admin", "recruiter", "case_worker")) return "staff";
  return isSignedIn() ? "seeker" : "bare";
}

/** Takes the answer of a sign-in as the truth. */
export function setMe(next: Me): void {
  session.me = next;
  session.known = true;
  setCsrfToken(next.csrf_token ?? "");
  if (!next.person) return;
  session.ended = false;
  if (chosenBefore && chosenBefore !== next.person.locale) {
    session.me.person = { ...next.person, locale: chosenBefore };
    void keepLocale(chosenBefore);
  }
  chosenBefore = null;
  void showTheirs();
}

/** The person's own language, wherever they sign in. */
async function showTheirs(): Promise<void> {
  const theirs = session.me.person?.locale;
  if ((theirs === "sv" || theirs === "en") && theirs !== locale()) await setLocale(theirs);
}

export async function loadMe(): Promise<void> {
  const before = session.me;
  const answer = await api.get<Me>("/api/me");
  // A sign-in that was answered meanwhile knows more than this older question.
  if (session.me === before) setMe(answer);
  await showTheirs();
}

let leaving = false;

export async function signOut(): Promise<void> {
  leaving = true;
  try {
    await api.post("/api/sign-out");
    await loadMe();
  } finally {
    leaving = false;
  }
}

/** Changes the language here at once, and for the person wherever they sign in. */
export async function chooseLocale(next: Locale): Promise<void> {
  await setLocale(next);
  if (isSignedIn()) await keepLocale(next);
  else chosenBefore = next;
}

/** Signs in as one of the demo's people: they read what their visitor reads. */
export function setDemoMe(next: Me): void {
  chosenBefore = locale();
  setMe(next);
}

async function keepLocale(next: Locale): Promise<void> {
  await api.put("/api/me/locale", { locale: next }).catch(() => undefined);
}

/** The server knows this session no more: the page says so instead of going quiet. */
export function loseSession(): void {
  if (!session.me.person) return;
  setMe({ ...NOBODY, demo: session.me.demo });
  session.ended = !leaving;
}

/** The page a person lands on after signing in. */
export function homeOf(person: Me): string {
  const roles = person.roles.map((held) => held.role);
  if (roles.includes("staff") || roles.includes("admin")) return "/events";
  if (roles.includes("recruiter")) return "/desks";
  if (roles.includes("case_worker")) return "/seekers";
  return person.shares_with_case_worker === null ? "/welcome" : "/my-day";
}

whenSignedOut(loseSession);
