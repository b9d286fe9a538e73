/** The desk as the server shows it to its recruiters. */
import type { LocalText } from "../../lib/i18n.svelte";
import type { Employer, EventBrief, Item, MeetingForm, MeetingState } from "../../lib/types";

export type RatedItem = Item & { number: number };
export type Choice = { code: string; text: LocalText; alone?: boolean; names_occupation?: boolean };
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
  competences: { label: LocalText; evidence: LocalText }[];
  questions: string[];
  goal: { text: LocalText } | null;
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
  seeker: SeekerBrief;
  scorecard: Scorecard | null;
  can_extend: boolean;
};
export type DeskPlan = {
  talk_s: number;
  feedback_s: number;
  undo_s: number;
  extension_s: number;
  early_start_s: number;
  scorecard_opens_before_s: number;
  warnings_s?: number[];
};
export type Undoable = { meeting_id: string; scorecard_id: string; seeker_name: string; undo_until: string };
export type DeskState = {
  id: string;
  label: string;
  form: MeetingForm;
  station: string | null;
  zone: string;
  event: EventBrief;
  employer: Employer;
  open: boolean;
  plan: DeskPlan;
  instrument: Instrument;
  now: DeskMeeting | null;
  next: DeskMeeting[];
  unsent: DeskMeeting[];
  sent_undoable: Undoable | null;
};
export type DeskBrief = {
  id: string;
  label: string;
  form: MeetingForm;
  station: string | null;
  zone: string;
  event: EventBrief;
  employer: Employer;
  open: boolean;
  meetings: number;
  starts_at: string | null;
};
