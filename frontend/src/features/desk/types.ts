/** The desk as the server shows it to its recruiters. */
import type { LocalText } from "../../lib/i18n.svelte";
import type { Employer, EventBrief, Item, MeetingForm, MeetingState } from "../../lib/types";

export type RatedItem = Item & { number: number };
export type Choice = { code: string; text: LocalText; alone?: boolean; names_occupation?: boolean; goes_on?: boolean };
export type Question = { code: string; number: number; title: LocalText; least: number; most: number; choices: Choice[] };
export type Instrument = {
  code: string;
  version: number;
  items: RatedItem[];
  next_step: Question;
  worked: Question;
  do_next: Question;
  enabling: Question;
  skip_reasons: Choice[];
  occupations: Choice[];
};

/** Answers so far: an absent key is unanswered, a null rating is *nothing to go by*. */
export type Answers = {
  ratings?: Record<string, number | null>;
  next_step?: string;
  occupation?: string;
  worked?: string[];
  worked_statement?: string;
  do_next?: string[];
  enabling?: string[];
};
export type ChipField = "worked" | "do_next" | "enabling";

export type Scorecard = {
  meeting_id: string;
  state: "draft" | "sent" | "released" | "skipped";
  version: number;
  answers: Answers;
  undo_until: string | null;
};

export type SeekerBrief = {
  id: string;
  name: string;
  initials: string;
  competences: { label: string; detail: string; evidence: string; is_wanted: boolean }[];
  questions: string[];
  goal: { chip: string; text: LocalText } | null;
};
export type DeskMeeting = {
  id: string;
  state: MeetingState;
  form: MeetingForm;
  starts_at: string | null;
  ends_at: string | null;
  ready_at: string | null;
  talk_started_at: string | null;
  talk_ends_at: string | null;
  feedback_ends_at: string | null;
  scorecard_opens_at: string | null;
  can_extend: boolean;
  seeker: SeekerBrief;
  /** Whether the seeker's page is in the room now. */
  seeker_present: boolean;
  busy_elsewhere: boolean;
  scorecard: Scorecard | null;
};
export type DeskEvent = EventBrief & {
  zone: string;
  starts_at: string;
  talk_s: number;
  feedback_s: number;
  undo_s: number;
  extension_s: number;
};
export type DeskBrief = {
  id: string;
  number: number;
  form: MeetingForm;
  station_name: string | null;
  is_open: boolean;
  on_duty_from: string;
  on_duty_until: string;
  event: DeskEvent;
  employer: Pick<Employer, "id" | "name" | "initials">;
};
export type DeskState = DeskBrief & {
  server_time: string;
  instrument: { code: string; version: number };
  now: DeskMeeting | null;
  next: DeskMeeting[];
  /** How many are ready, also those beyond `next`. */
  waiting: number;
  unsent: DeskMeeting[];
  undoable: DeskMeeting[];
};
