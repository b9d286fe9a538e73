/** What the server says of plans that were asked for, as the plan's page uses it. */
import type { components } from "../../../lib/openapi";

type Schemas = components["schemas"];

export type Stage = "load" | "equality" | "select" | "lay" | "repair" | "improve" | "breaks" | "certify";
export type Certificate = Schemas["PlanCertificate"];
export type Changes = Schemas["PlanChanges"];
export type Compared = Schemas["ComparedMeeting"];
export type Dimension = "gender" | "age_band";
export type EqualityPoint = Schemas["EqualityPoint"];
export type EqualityPrices = Schemas["EqualityPrices"];
export type Fault = Schemas["RunFault"];
export type GroupShare = Schemas["GroupShare"];
export type LaidPlan = Schemas["LaidPlan"];
export type Match = Schemas["EmployerMatch"];
export type PlanningRules = Required<Schemas["PlanningRules"]>;
export type RunOptions = Schemas["RunOptions"];
export type Unmet = Schemas["Unmet"];

export type Figures = Omit<Schemas["PlanFigures"], "groups"> & {
  groups: (Omit<Schemas["GroupFigures"], "dimension"> & { dimension: Dimension })[];
};
export type PlanningRun = Omit<Schemas["PlanningRun"], "stage" | "figures"> & { stage: Stage | ""; figures: Figures | null };
export type RunStatus = PlanningRun["status"];
export type Comparison = Omit<Schemas["Comparison"], "one" | "other"> & { one: Figures; other: Figures };
