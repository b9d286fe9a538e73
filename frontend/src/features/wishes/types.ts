/** The server's answers about wishes, and what a page says back. */
import type { components } from "../../lib/openapi";

type Schemas = components["schemas"];

export type MyWishes = Schemas["MyWishes"];
export type MyWishesBrief = Schemas["MyWishesBrief"];
export type DeskWishes = Schemas["DeskWishes"];
export type DeskWishesBrief = Schemas["DeskWishesBrief"];
export type WishableEmployer = Schemas["WishableEmployer"];
export type WishableSeeker = Schemas["WishableSeeker"];
export type WishableSeekers = Schemas["WishableSeekers"];
export type WishTime = Schemas["WishTime"];

/** Somebody wished for; their place in the list is their rank. */
export type Pick = { id: string; must: boolean };
export type Form = "video" | "on_site" | null;
/** When somebody can come: from and until, and times in between when they cannot. */
export type Hours = { from: string | null; until: string | null; absences: WishTime[] };
/** All that somebody says before an event. */
export type Said = { form: Form; hours: Hours; picks: Pick[]; not: string[] };

/** Somebody to choose, as the cards show them. */
export type Choosable = {
  id: string;
  name: string;
  initials: string;
  /** What they are about, in a line. */
  line: string;
  /** What fits: competences that one side wants and the other has. */
  matching: string[];
  about?: string;
};
