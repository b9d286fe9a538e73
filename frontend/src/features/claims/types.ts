/** Claims and the inventory as the server answers them. */
import type { components } from "../../lib/openapi";

type Schemas = components["schemas"];
export type Evidence = "self" | "informal" | "credential" | "employer_confirmed";
export type OwnEvidence = Exclude<Evidence, "employer_confirmed">;
export type Claim = Omit<Schemas["MyClaim"], "evidence" | "own_evidence"> & { evidence: Evidence; own_evidence: OwnEvidence };
export type Claims = Omit<Schemas["MyClaims"], "claims"> & { claims: Claim[] };
export type Situation = Omit<Schemas["SituationView"], "state"> & { state: "new" | "begun" | "done" | "skipped" };
export type Inventory = Omit<Schemas["Inventory"], "situations"> & { situations: Situation[] };
export type Known = { code: string; text: { sv: string; en: string } };
