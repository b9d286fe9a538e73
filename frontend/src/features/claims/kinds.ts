/** The four kinds of evidence, in the order in which they are told, each with its picture. */
import BadgeCheck from "@lucide/svelte/icons/badge-check";
import FileCheck from "@lucide/svelte/icons/file-check";
import MessageCircle from "@lucide/svelte/icons/message-circle";
import Sprout from "@lucide/svelte/icons/sprout";
import type { Evidence, OwnEvidence } from "./types";

export const KINDS: readonly Evidence[] = ["employer_confirmed", "credential", "informal", "self"];
export const OWN_KINDS: readonly OwnEvidence[] = ["self", "informal", "credential"];
export const ICONS = { employer_confirmed: BadgeCheck, credential: FileCheck, informal: Sprout, self: MessageCircle };
