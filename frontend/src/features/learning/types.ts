/** The learning loop as the server answers it. */
import type { components } from "../../lib/openapi";

type Schemas = components["schemas"];
export type LearningGoal = Schemas["LearningGoal"];
export type AskedAbout = Schemas["AskedAbout"];
export type Reflection = Schemas["Reflection"];
export type ActionState = "open" | "done" | "not_done" | "removed";
export type LearningAction = Omit<Schemas["LearningAction"], "state" | "standing"> & {
  state: ActionState;
  standing: "overdue" | "today" | "soon" | "later" | "undated" | null;
};
export type Learning = Omit<Schemas["Learning"], "actions"> & { actions: LearningAction[] };
