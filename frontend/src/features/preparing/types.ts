/** The checklist and the network map, as the server answers them. */
import type { components } from "../../lib/openapi";

type Schemas = components["schemas"];
export type Rehearsal = Schemas["Rehearsal"];
export type Network = Schemas["Network"];
export type Contact = Schemas["Contact"];
