/** Jobs and applications as the server describes them. */
import type { components } from "../../lib/openapi";

type Schemas = components["schemas"];
export type Job = Schemas["Job"];
export type Jobs = Schemas["Jobs"];
export type Application = Schemas["Application"];
export type Asked = Schemas["Asked"];
export type EmployerFact = Schemas["EmployerFact"];
export type Findable = Schemas["Findable"];
export type Status = Application["status"];
