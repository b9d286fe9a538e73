/** The server's answers as the case worker's pages and the seeker's plan use them. */
import type { components } from "../../lib/openapi";

type Schemas = components["schemas"];

export type Inbox = Schemas["Inbox"];
export type CaseTask = Schemas["CaseTask"];
export type TaskSeeker = Schemas["TaskSeeker"];
export type HandOver = Schemas["HandOver"];
export type HandOvers = Schemas["HandOvers"];
export type SeekerNeeds = Schemas["SeekerNeeds"];
export type SeekerNeed = Schemas["SeekerNeed"];
export type SupportPlan = Schemas["SupportPlan"];
export type PlanStep = Schemas["PlanStep"];
export type PlanComment = Schemas["PlanComment"];
export type Catalogue = Schemas["Catalogue"];
export type MyCaseWork = Schemas["MyCaseWork"];
/** All that was made of a task. */
export type TaskState = { done: boolean; snoozed_until: string | null; assigned_to: string | null };
export type ThreePartyMeeting = Schemas["ThreePartyMeeting"];
