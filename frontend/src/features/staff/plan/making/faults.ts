/** What keeps a plan from being made, in the reader's words, and where it is mended. */
import { type MessageKey, t } from "../../../../lib/i18n.svelte";
import type { Fault } from "../types";
import { SIGN_LANGUAGE } from "./options";

type Said = { text: string; href?: string; field?: string };
/** By the start of the path that the planner names: its text, and the page of the event or the field to mend it at. */
const KNOWN: readonly { path: RegExp; key: MessageKey; page?: string; field?: string }[] = [
  { path: /^desks$/, key: "plan.fault_no_desks", page: "people" },
  { path: /^desks\[/, key: "plan.fault_desk", page: "people" },
  { path: /^slots/, key: "plan.fault_slots" },
  { path: /^seekers\[\d+\]\.meetings_m/, key: "plan.fault_meetings", field: "meetings-min" },
  { path: /^seekers\[\d+\]\.interpreter/, key: "plan.fault_interpreter", field: "interpreters" },
  { path: /^seekers/, key: "plan.fault_seeker", page: "people" },
  { path: /^pairs/, key: "plan.fault_pairs", page: "people" },
  { path: /^$/, key: "plan.fault_stopped" },
];

export function faultWords(fault: Fault, eventId: string): Said {
  const known = KNOWN.find((one) => one.path.test(fault.path));
  if (!known) return { text: t("plan.fault_other", { path: fault.path }) };
  const href = known.page && `/events/${eventId}/${known.page}`;
  const about = named(fault.message);
  return { text: about ? `${t(known.key)} (${about})` : t(known.key), href, field: known.field };
}

/** Whom or what the planner's own words put in quotes. */
function named(message: string): string {
  const found = [...message.matchAll(/'([^']+)'/g)].map(([, one]) => (one === SIGN_LANGUAGE ? t("plan.sign_language") : one));
  return [...new Set(found)].join(", ");
}
