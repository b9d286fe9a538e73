/** Everybody at one event, and what staff do about them. Each act ends with the lists as they are now. */
import { api } from "../../../lib/api";
import { t } from "../../../lib/i18n.svelte";
import { asProblem, type Problem } from "../../../lib/problem";
import { remote } from "../../../lib/remote.svelte";
import { toast } from "../../../lib/toast.svelte";
import type { EventEmployer, EventSeeker, EventSeekers, StaffEvent } from "../types";

/** The seekers that are looked at: some of `found`, who fit what is sought, out of all `enrolled`. */
type Listed = { seekers: EventSeeker[]; found: number; enrolled: number };
export type Everybody = Listed & { event: StaffEvent; employers: EventEmployer[] };
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
  /** Why what is sought could not be looked up. */
  unread = $state.raw<Problem>();
  private sought = "";
  private pages = 1;
  private asked = 0;
  private listed: (Listed & { asked: number }) | undefined;

  constructor(readonly eventId: string) {
    this.base = `/api/recruitment-events/${eventId}`;
    this.view = remote<Everybody>(async () => {
      const [event, employers, listed] = await Promise.all([
        api.get<StaffEvent>(this.base),
        api.get<EventEmployer[]>(`${this.base}/employers`),
        this.list(),
      ]);
      return { event, employers, ...listed };
    });
  }

  /** Shows the seekers who have `text` in their name or address. */
  async look(text: string): Promise<void> {
    if (text.trim() === this.sought) return;
    this.sought = text.trim();
    this.pages = 1;
    await this.show();
  }

  /** Shows the next page of seekers too. */
  async more(): Promise<void> {
    this.pages += 1;
    await this.show();
  }

  private async show(): Promise<void> {
    try {
      const listed = await this.list();
      this.unread = undefined;
      this.view.amend((everybody) => ({ ...everybody, ...listed }));
    } catch (error) {
      this.unread = asProblem(error);
    }
  }

  /** The seekers as they were last asked for: a slower, older answer does not come back. */
  private async list(): Promise<Listed> {
    this.asked += 1;
    const asked = this.asked;
    const answers = await Promise.all(
      Array.from({ length: this.pages }, (_, at) => {
        const query = new URLSearchParams({ ...(this.sought && { q: this.sought }), ...(at && { page: String(at + 1) }) });
        return api.get<EventSeekers>(`${this.base}/seekers${query.size > 0 ? `?${query.toString()}` : ""}`);
      }),
    );
    const seekers = answers.flatMap((answer) => answer.seekers);
    if (!this.listed || asked > this.listed.asked) {
      this.listed = { asked, seekers, found: answers[0]?.total ?? 0, enrolled: answers[0]?.enrolled ?? 0 };
    }
    const { found, enrolled } = this.listed;
    return { seekers: this.listed.seekers, found, enrolled };
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
