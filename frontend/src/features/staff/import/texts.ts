/** The words for what an import says: fields, reasons, options. */
import { local, t } from "../../../lib/i18n.svelte";
import type { Problem } from "../../../lib/problem";
import type { EventEmployer, ImportDecision, ImportOption } from "../types";
import { cellText, fieldOf } from "./view";

type FieldCode = Parameters<typeof t>[0] extends infer Key
  ? Key extends `import.field.${infer Code}`
    ? Code
    : never
  : never;

const SHARED = ["email", "phone", "from", "to", "times", "form"] as const;
const FIELDS = {
  employers: [
    "name", "org_number", "contact", "contact_first", "contact_last", ...SHARED, "recruiter_count", "competences",
    "station", "about", "avoid", "contact_2", "email_2", "phone_2", "contact_3", "email_3", "phone_3",
  ],
  seekers: [
    "name", "first_name", "last_name", ...SHARED, "wish_1", "wish_2", "wish_3", "wish_4", "wish_5", "wish_6",
    "wish_7", "wish_8", "wish_9", "wish_10", "wish_mark", "avoid", "competences", "languages", "access_needs", "consent", "gender", "birth_year", "age", "personal_number", "office",
  ],
} as const;

/** What a column may hold in a file of this kind. */
export function fieldsOf(kind: "employers" | "seekers"): readonly string[] {
  return FIELDS[kind];
}

export function fieldName(field: string): string {
  const { code, rank } = fieldOf(field);
  const name = t(`import.field.${code as FieldCode}`, { rank: rank ?? "" }).trim();
  return rank !== null && code !== "wish" ? `${name} ${rank}` : name;
}

export function optionText(option: ImportOption, decision: ImportDecision): string {
  return t(`import.option.${option.code}`, { ...decision.params, label: option.label });
}

/** What staff answered, in words; an employer may be one that was not among the options. */
export function answerText(decision: ImportDecision, employers: readonly EventEmployer[]): string {
  const option = decision.options.find((one) => one.value === decision.answer);
  if (option) return optionText(option, decision);
  const employer = employers.find((one) => `employer:${one.id}` === decision.answer);
  return employer ? t("import.option.employer", { label: employer.name }) : (decision.answer ?? "");
}

type Reason = { code: "columns_missing" | "decisions_open" | "nothing_to_import" | "rows_refused"; lines: number[]; names: string[] };

/** Why a change or the saving did not go through, by line where it is a line's fault. */
export function problemText(problem: Problem): string {
  if (problem.isOffline) return t("import.offline");
  if (problem.name !== "ImportIsBlocked") return t("import.not_changed");
  const reasons = (problem.extras.reasons as Reason[] | undefined) ?? [];
  const told = reasons.map(({ code, lines, names }) =>
    [
      t(`import.blocked.${code}`, { names: names.map(fieldName).join(", ") }),
      code === "rows_refused" ? lines.map((line) => t("import.row", { line })).join(", ") : "",
    ].filter(Boolean).join(": "),
  );
  return [t("import.not_saved"), ...told].join(" ");
}

const VALUES = {
  form: { video: "import.option.video", on_site: "import.option.on_site", hybrid: "import.option.hybrid", either: "import.option.either" },
  gender: { woman: "import.gender.woman", man: "import.gender.man", other: "import.gender.other", undisclosed: "import.gender.undisclosed" },
} as const;

/** A value as it was understood, in words. */
export function understood(field: string, value: unknown): string {
  if (typeof value === "boolean") return t(value ? "common.yes" : "common.no");
  const words = field === "form" || field === "gender" ? (VALUES[field] as Record<string, Parameters<typeof t>[0]>) : {};
  const key = typeof value === "string" ? words[value] : undefined;
  return key ? t(key) : local(cellText(value)) || t("import.empty_cell");
}
