/** Every page of the app: its address, its file, its words and the frame around it. */
import type { Component } from "svelte";
import type { Area } from "./lib/areas";
import { match, type Params } from "./lib/router.svelte";
import type { Role } from "./lib/types";

/**
 * `seeker` and `staff` have a top bar; `bare` has only the mark; `stage` and `full` draw all themselves.
 * `own` is the bar of whoever is signed in.
 */
export type Frame = "seeker" | "staff" | "bare" | "stage" | "full" | "own";
export type Route = {
  pattern: string;
  page: string;
  areas: Area[];
  frame: Frame;
  /** Empty: anyone may come; else one of these roles is needed. */
  roles: Role[];
};
export type Page = Component<{ params: Params }>;

const STAFF: Role[] = ["staff", "admin"];
const SEEKER: Role[] = ["seeker"];
const RECRUITER: Role[] = ["recruiter"];
const CASE_WORKER: Role[] = ["case_worker"];

function route(pattern: string, page: string, frame: Frame, roles: Role[] = [], areas: Area[] = ["seeker"]): Route {
  return { pattern, page, areas, frame, roles };
}

export const ROUTES: readonly Route[] = [
  route("/", "start/StartPage", "full", [], []),
  route("/sign-in", "account/SignInPage", "bare", [], []),
  route("/j/:token", "account/JoinLinkPage", "bare", [], []),
  route("/welcome", "welcome/WelcomePage", "bare", SEEKER),
  route("/my-day", "my_day/MyDayPage", "seeker", SEEKER),
  route("/meeting/:id", "meeting/MeetingPage", "stage", SEEKER, ["seeker", "room"]),
  route("/feedback", "feedback/FeedbackListPage", "seeker", SEEKER),
  route("/feedback/:id", "feedback/FeedbackPage", "seeker", SEEKER),
  route("/profile", "profile/ProfilePage", "seeker", SEEKER),
  route("/profile/out", "portable/OutPage", "seeker", SEEKER),
  route("/profile/plan", "case_work/MyPlanPage", "seeker", SEEKER),
  route("/jobs", "jobs/JobsPage", "seeker", SEEKER),
  route("/applications", "jobs/ApplicationsPage", "seeker", SEEKER),
  route("/profile/competences", "claims/ClaimsPage", "seeker", SEEKER),
  route("/profile/inventory", "claims/InventoryPage", "seeker", SEEKER),
  route("/profile/network", "preparing/NetworkPage", "seeker", SEEKER),
  route("/prepare", "preparing/PreparePage", "seeker", SEEKER),
  route("/paths/:pack/:occupation", "paths/PathPage", "seeker", SEEKER),
  route("/book/:id", "booking/BookPage", "seeker", SEEKER),
  route("/wishes/:id", "wishes/WishesPage", "seeker", SEEKER),
  route("/help", "help/HelpPage", "own"),
  route("/mailbox", "mailbox/MailboxPage", "own"),
  route("/sessions", "account/SessionsPage", "own"),
  route("/desks", "desk/DesksPage", "staff", RECRUITER, ["desk"]),
  route("/given", "given/GivenPage", "staff", RECRUITER, ["desk", "seeker"]),
  route("/our-page", "ours/OurPage", "staff", RECRUITER, ["desk", "seeker"]),
  route("/applicants", "ours/ApplicantsPage", "staff", RECRUITER, ["desk", "seeker"]),
  route("/vacancies/new", "ours/VacancyPage", "staff", ["recruiter", ...STAFF], ["desk", "seeker"]),
  route("/vacancies", "ours/VacanciesPage", "staff", STAFF, ["staff", "desk"]),
  route("/vacancies/import", "ours/ImportVacanciesPage", "staff", STAFF, ["staff", "desk"]),
  route("/employers-say", "ours/EmployersSayPage", "staff", STAFF, ["staff", "desk"]),
  route("/vacancies/:id", "ours/VacancyPage", "staff", ["recruiter", ...STAFF], ["desk", "seeker"]),
  route("/desk/:id", "desk/DeskPage", "full", RECRUITER, ["desk", "room"]),
  route("/desk/:id/wishes", "wishes/DeskWishesPage", "staff", RECRUITER, ["desk", "seeker"]),
  route("/station/:id", "desk/StationPage", "full", RECRUITER, ["desk", "room"]),
  route("/events", "staff/EventsPage", "staff", STAFF, ["staff"]),
  route("/events/new", "staff/NewEventPage", "staff", STAFF, ["staff"]),
  route("/events/:id/plan", "staff/PlanPage", "staff", STAFF, ["staff"]),
  route("/events/:id/import", "staff/ImportPage", "staff", STAFF, ["staff"]),
  route("/events/:id/people", "staff/PeoplePage", "staff", STAFF, ["staff"]),
  route("/events/:id/live", "staff/LivePage", "staff", STAFF, ["staff"]),
  route("/events/:id/check-in", "staff/CheckInPage", "staff", STAFF, ["staff"]),
  route("/events/:id/hall", "staff/HallPage", "full", STAFF, ["staff"]),
  route("/three-party", "case_work/ThreePartyPage", "staff", RECRUITER, ["desk", "seeker"]),
  route("/packs", "packs/PacksPage", "staff", STAFF, ["staff"]),
  route("/packs/:code/:version", "packs/PackPage", "staff", STAFF, ["staff"]),
  route("/tasks", "case_work/TasksPage", "staff", CASE_WORKER, ["staff"]),
  route("/hand-overs", "case_work/HandOversPage", "staff", CASE_WORKER, ["staff"]),
  route("/seekers", "staff/SeekersPage", "staff", ["case_worker"], ["staff", "seeker"]),
  route("/seekers/:id/plan", "case_work/SeekerPlanPage", "staff", CASE_WORKER, ["staff", "seeker"]),
  route("/seekers/:id", "staff/SeekerPage", "staff", ["case_worker"], ["staff", "seeker"]),
];

const pages = import.meta.glob<{ default: Page }>("./features/**/*Page.svelte");

export const MISSING: Route = route("", "state/MissingPage", "bare", [], []);
export const REFUSED: Route = route("", "state/RefusedPage", "bare", [], []);

/** The route of a path with its parameters; the page for what is missing when there is none. */
export function findRoute(path: string): { route: Route; params: Params } {
  for (const candidate of ROUTES) {
    const params = match(candidate.pattern, path);
    if (params) return { route: candidate, params };
  }
  return { route: MISSING, params: {} };
}

export function hasPage(page: string): boolean {
  return `./features/${page}.svelte` in pages;
}

export async function loadPage(page: string): Promise<Page> {
  const load = pages[`./features/${page}.svelte`] ?? pages["./features/state/MissingPage.svelte"];
  if (!load) throw new Error(`no page ${page}`);
  return (await load()).default;
}
