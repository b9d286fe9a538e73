/** Roles worth exploring, as the server answers them. */
import type { components } from "../../lib/openapi";

type Schemas = components["schemas"];
export type PathBrief = Schemas["PathBrief"];
export type PathView = Omit<Schemas["PathView"], "takes"> & {
  takes: (Omit<Schemas["Taken"], "fit"> & { fit: "have" | "partly" | "lack" })[];
};
