/** The words for what an import says: fields, reasons, options. */
import { local, t } from "../../../lib/i18n.svelte";
import type { ImportDecision, ImportOption } from "../types";
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
    "station", "about", "avoid",
  ],
  seekers: [
    "name", "first_name", "last_name", ...SHARED, "wish_1", "wish_2", "wish_3", "wish_4", "wish_5", "wish_6", "avoid",
    "competences", "languages", "access_needs", "consent", "gender", "birth_year", "age", "personal_number", "office",
  ],
} as const;

/** What a column may hold in a file of this kind. */
export function fieldsOf(kind: "employers" | "seekers"): readonly string[] {
  return FIELDS[kind];
}

export function fieldName(field: string): string {
  const { code, rank } = fieldOf(field);
  return t(`import.field.${code as FieldCode}`, { rank: rank ?? "" });
}

export function optionText(option: ImportOption, decision: ImportDecision): string {
  return t(`import.option.${option.code}`, { ...decision.params, label: option.label });
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
