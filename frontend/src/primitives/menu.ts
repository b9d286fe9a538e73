/** The links of the top bar and of the tabs at the bottom. */
import Calendar from "@lucide/svelte/icons/calendar-days";
import CircleHelp from "@lucide/svelte/icons/circle-question-mark";
import Feedback from "@lucide/svelte/icons/message-square-text";
import Profile from "@lucide/svelte/icons/trending-up";
import type { Component } from "svelte";
import type { MessageKey } from "../lib/i18n.svelte";
import { hasRole } from "../lib/session.svelte";

export type MenuItem = {
  href: string;
  label: MessageKey;
  icon?: Component<{ class?: string; "aria-hidden"?: "true" }>;
  counts?: "feedback";
};

export const SEEKER_MENU: readonly MenuItem[] = [
  { href: "/my-day", label: "nav.my_day", icon: Calendar },
  { href: "/feedback", label: "nav.feedback", icon: Feedback, counts: "feedback" },
  { href: "/profile", label: "nav.profile", icon: Profile },
  { href: "/help", label: "nav.help", icon: CircleHelp },
];

/** What the signed-in person's roles let them open. */
export function staffMenu(): MenuItem[] {
  const menu: MenuItem[] = [];
  if (hasRole("staff", "admin")) menu.push({ href: "/events", label: "nav.events" }, { href: "/vacancies", label: "nav.vacancies" });
  if (hasRole("recruiter")) menu.push({ href: "/desks", label: "nav.desks" }, { href: "/given", label: "nav.given" }, { href: "/our-page", label: "nav.our_page" });
  if (hasRole("case_worker")) menu.push({ href: "/tasks", label: "nav.tasks" }, { href: "/seekers", label: "nav.seekers" });
  return menu;
}

/** Pages that have no link of their own and belong to one that has. */
const ALSO_UNDER: Record<string, readonly string[]> = { "/my-day": ["/book", "/meeting", "/wishes", "/jobs", "/applications"], "/desks": ["/desk", "/station"], "/our-page": ["/applicants", "/vacancies"], "/vacancies": ["/employers-say"], "/events": ["/packs"] };

/** True when `path` lies under the link. */
export function isUnder(path: string, href: string): boolean {
  return [href, ...(ALSO_UNDER[href] ?? [])].some((place) => path === place || path.startsWith(`${place}/`));
}
