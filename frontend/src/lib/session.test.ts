import { beforeEach, expect, test, vi } from "vitest";
import { locale, startWords } from "./i18n.svelte";
import { chooseLocale, isSignedIn, loseSession, sessionEnded, setMe, signOut } from "./session.svelte";
import type { Me } from "./types";

const PERSON = { id: "p", name: "Leila Påhittsdotter", initials: "LP", email: null, locale: "sv" };
const ME = { person: PERSON, roles: [], csrf_token: "c", scope_event_id: null, shares_with_case_worker: true, demo: true };
const NOBODY = { ...ME, person: null };
const me = (): Me => ME as unknown as Me;

let sent: string[];

// Outside a browser there is no page that a relative address could belong to; the client takes Request when it loads.
vi.hoisted(() => {
  const Real = globalThis.Request;
  globalThis.Request = class extends Real {
    constructor(address: RequestInfo | URL, init?: RequestInit) {
      super(typeof address === "string" ? new URL(address, "http://localhost") : address, init);
    }
  };
});

beforeEach(async () => {
  sent = [];
  globalThis.fetch = async (asked) => {
    const request = asked as Request;
    const { pathname } = new URL(request.url);
    sent.push(`${request.method} ${pathname} ${await request.text()}`.trim());
    return new Response(JSON.stringify(NOBODY), { headers: { "Content-Type": "application/json" } });
  };
  await startWords();
  setMe(NOBODY as unknown as Me);
});

test("a language chosen before the sign-in becomes the person's own", async () => {
  await chooseLocale("en");
  expect(sent).toEqual([]);

  setMe(me());
  await vi.waitFor(() => expect(sent).toEqual(['PUT /api/me/locale {"locale":"en"}']));
  expect(locale()).toBe("en");

  setMe(me());
  await vi.waitFor(() => expect(locale()).toBe("sv"));
  expect(sent.length).toBe(1);
});

test("a session that ends from elsewhere is told of; one's own sign-out is not", async () => {
  setMe(me());
  loseSession();
  expect([isSignedIn(), sessionEnded()]).toEqual([false, true]);

  setMe(me());
  expect(sessionEnded()).toBe(false);
  const leaving = signOut();
  loseSession();
  await leaving;
  expect([isSignedIn(), sessionEnded()]).toEqual([false, false]);
});
