import type { components } from "../../lib/openapi";

type Schemas = components["schemas"];
export type MyResponses = Schemas["MyResponses"];
export type GivenResponse = Schemas["GivenResponse"];
export type EventResponses = Schemas["EventResponses"];
