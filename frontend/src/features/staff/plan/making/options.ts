/** What staff choose for a plan, as it is written in fields, and what is wrong with it. Pure. */
import type { MessageKey } from "../../../../lib/i18n.svelte";
import type { FieldProblem } from "../../../../lib/problem";
import type { PlanningRules } from "../types";

export type Interpreter = { kind: string; number: string };
export type Written = {
  meetings_min: string;
  meetings_max: string;
  rest_slots: string;
  form_change_slots: string;
  zone_change_slots: string;
  recruiter_break_every: string;
  video_rooms: string;
  interpreters: Interpreter[];
  keep_all: boolean;
};
export type NumberField = Exclude<keyof Written, "interpreters" | "keep_all">;
type Limits = { field: NumberField; id: string; least: number; most: number; mayBeEmpty?: boolean };
export type FieldFault = { id: string; key: MessageKey };

export const NO_RULES: PlanningRules = {
  rest_slots: 0,
  form_change_slots: 0,
  zone_change_slots: 0,
  recruiter_break_every: 0,
  meetings_min: 0,
  interpreters: {},
  video_rooms: null,
  target_age_bands: {},
};
export const SIGN_LANGUAGE = "sign_language";
export const LIMITS: readonly Limits[] = [
  { field: "meetings_min", id: "meetings-min", least: 0, most: 20 },
  { field: "meetings_max", id: "meetings-max", least: 1, most: 20 },
  { field: "rest_slots", id: "rest-slots", least: 0, most: 12 },
  { field: "form_change_slots", id: "form-change-slots", least: 0, most: 12 },
  { field: "zone_change_slots", id: "zone-change-slots", least: 0, most: 12 },
  { field: "recruiter_break_every", id: "recruiter-break-every", least: 0, most: 48 },
  { field: "video_rooms", id: "video-rooms", least: 0, most: 10_000, mayBeEmpty: true },
];

export function written(rules: PlanningRules, meetingsMax: number): Written {
  return {
    meetings_min: String(rules.meetings_min),
    meetings_max: String(meetingsMax),
    rest_slots: String(rules.rest_slots),
    form_change_slots: String(rules.form_change_slots),
    zone_change_slots: String(rules.zone_change_slots),
    recruiter_break_every: String(rules.recruiter_break_every),
    video_rooms: rules.video_rooms === null ? "" : String(rules.video_rooms),
    interpreters: Object.entries(rules.interpreters).map(([kind, number]) => ({ kind, number: String(number) })),
    keep_all: false,
  };
}

function isWhole(text: string, least: number, most: number): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}

/** What is wrong, in the order of the fields. */
export function faultsOf(form: Written): FieldFault[] {
  const found: FieldFault[] = [];
  for (const { field, id, least, most, mayBeEmpty } of LIMITS) {
    const text = form[field];
    if (mayBeEmpty && text.trim() === "") continue;
    if (!isWhole(text, least, most)) found.push({ id, key: `plan.need_${field}` });
  }
  if (found.length === 0 && Number(form.meetings_min) > Number(form.meetings_max)) {
    found.push({ id: "meetings-min", key: "plan.need_min_below_max" });
  }
  const kinds = form.interpreters.map((one) => one.kind.trim()).filter(Boolean);
  if (new Set(kinds).size < kinds.length) found.push({ id: "interpreters", key: "plan.need_kinds_apart" });
  const wrong = form.interpreters.some(({ kind, number }) => kind.trim() !== "" && !isWhole(number, 0, 10_000));
  if (wrong || kinds.some((kind) => kind.length > 40)) found.push({ id: "interpreters", key: "plan.need_interpreters" });
  return found;
}

/** The rules as the server takes them; what the form does not show stays as it was. */
export function rulesOf(form: Written, before: PlanningRules): PlanningRules {
  const named = form.interpreters.filter(({ kind }) => kind.trim() !== "");
  return {
    ...before,
    meetings_min: Number(form.meetings_min),
    rest_slots: Number(form.rest_slots),
    form_change_slots: Number(form.form_change_slots),
    zone_change_slots: Number(form.zone_change_slots),
    recruiter_break_every: Number(form.recruiter_break_every),
    video_rooms: form.video_rooms.trim() === "" ? null : Number(form.video_rooms),
    interpreters: Object.fromEntries(named.map(({ kind, number }) => [kind.trim(), Number(number)])),
  };
}

/** The server's word on fields, by the field it is about. */
export function faultsFrom(problems: readonly FieldProblem[]): FieldFault[] {
  const found = new Map<string, FieldFault>();
  for (const { path } of problems) {
    const limit = LIMITS.find(({ field }) => path.split(".").includes(field));
    if (limit) found.set(limit.id, { id: limit.id, key: `plan.need_${limit.field}` });
    else if (path.includes("interpreters")) found.set("interpreters", { id: "interpreters", key: "plan.need_interpreters" });
  }
  return [...found.values()];
}
