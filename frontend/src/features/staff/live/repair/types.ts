/** The server's answers about live repair. */
import type { components } from "../../../../lib/openapi";

type Schemas = components["schemas"];

export type Kind = "no_show" | "late" | "walk_in" | "recruiter_gone" | "desk_closed" | "room_lost" | "interpreter_gone";
/** What has happened, as it is asked about; what is left out is not sent. */
export type Happening = {
  kind: Kind;
  meeting_id?: string;
  seeker_id?: string;
  desk_id?: string;
  minutes?: number;
  wanted?: number;
  pool?: string;
  number?: number;
};
export type PlanningRules = Required<Schemas["PlanningRules"]>;
export type InWords = Schemas["InWords"];
export type RepairSpot = Schemas["RepairSpot"];
export type RepairChange = Schemas["RepairChange"];
export type RepairOption = Schemas["RepairOption"];
export type TellPerson = Schemas["TellPerson"];
export type Repairs = Schemas["Repairs"];
export type Repaired = Schemas["Repaired"];
