/** Everybody at one event, and what staff do about them. Each act ends with the lists as they are now. */
import { api } from "../../../lib/api";
import { t } from "../../../lib/i18n.svelte";
import { asProblem, type Problem } from "../../../lib/problem";
import { remote } from "../../../lib/remote.svelte";
import { toast } from "../../../lib/toast.svelte";
import type { EventEmployer, EventSeeker, JoinLink, StaffEvent } from "../types";

export type Everybody = { event: StaffEvent; employers: EventEmployer[]; seekers: EventSeeker[]; links: JoinLink[] };
type MessageKey = Parameters<typeof t>[0];

const REFUSALS: Record<string, MessageKey> = {
  EmployerIsThere: "staff.refused_employer_there",
  DeskInUse: "staff.refused_desk_in_use",
  SeekerHasMeetings: "staff.refused_has_meetings",
  SlotTaken: "staff.refused_recruiter_taken",
  DeskNotAsAsked: "staff.refused_desk",
  PersonHasNoMail: "staff.refused_no_mail",
  StationInUse: "staff.refused_station",
};

export function refusalText(problem: Problem): string {
  if (problem.isOffline) return t("staff.plan_refused_offline");
  if (problem.status === 422) return t("staff.refused_check");
  return t(REFUSALS[problem.name] ?? "staff.refused_other");
}

export class People {
  readonly base: string;
  readonly view;
  busy = $state(false);

  constructor(readonly eventId: string) {
    this.base = `/api/recruitment-events/${eventId}`;
    this.view = remote<Everybody>(async () => {
      const [event, employers, seekers, links] = await Promise.all([
        api.get<StaffEvent>(this.base),
        api.get<EventEmployer[]>(`${this.base}/employers`),
        api.get<EventSeeker[]>(`${this.base}/seekers`),
        api.get<JoinLink[]>(`${this.base}/join-links`),
      ]);
      return { event, employers, seekers, links };
    });
  }

  /** Does something, says that it is done, and reads everybody anew. Gives the problem when it was refused. */
  async act(work: () => Promise<unknown>, done: string): Promise<Problem | undefined> {
    this.busy = true;
    try {
      await work();
      toast(done);
      return undefined;
    } catch (error) {
      return asProblem(error);
    } finally {
      await this.view.reload();
      this.busy = false;
    }
  }

  /** The same for acts without a form: a refusal is told in passing. */
  async try(work: () => Promise<unknown>, done: string): Promise<void> {
    const problem = await this.act(work, done);
    if (problem) toast(refusalText(problem));
  }
}
