/** The shapes of the server's answers as the pages use them: from the server's own description where it says enough. */
import type { components } from "./openapi";

type Schemas = components["schemas"];

export type Role = "seeker" | "recruiter" | "staff" | "case_worker" | "admin" | "companion";
export type Me = Omit<Schemas["Me"], "roles"> & {
  roles: { role: Role; organisation_id: string | null; organisation_name: string | null }[];
};

export type MeetingState =
  | "booked"
  | "checked_in"
  | "called"
  | "talking"
  | "feedback"
  | "closed"
  | "late"
  | "no_show"
  | "cancelled"
  | "moved"
  | "handed_over";
export type MeetingForm = "video" | "on_site" | "hybrid";
export type MeetingFormat = "individual" | "group";
export type WaitReason = "next" | "previous_running" | "previous_started_late" | "not_yet_time" | "desk_closed";

export type Employer = Schemas["MyEmployer"];
export type EventBrief = Schemas["MyEvent"];
export type QueuePlace = Omit<Schemas["MyQueue"], "reason"> & { reason: WaitReason };
export type MyMeeting = Omit<Schemas["MyMeeting"], "state" | "form" | "format" | "queue"> & {
  state: MeetingState;
  form: MeetingForm;
  format: MeetingFormat;
  queue: QueuePlace | null;
};

export type Instrument = Schemas["feedback__instrument__Instrument"];
export type Item = Schemas["Item"];
export type ChipText = Schemas["Chip"];
/** Null: nothing to judge by. Absent: not answered. */
export type Rated = number | null;
export type Ratings = Record<string, Rated>;
export type Answers = {
  ratings?: Ratings;
  next_step?: string;
  occupation?: string;
  worked?: string[];
  worked_statement?: string;
  do_next?: string[];
  enabling?: string[];
};
export type Gap = "same" | "employer_higher" | "own_higher" | "not_seen" | "not_rated";
export type Glasses = Omit<Schemas["Glasses"], "gap"> & { gap: Gap };
export type Section = "do_next" | "next_step" | "worked" | "glasses";
export type FeedbackBrief = Schemas["FeedbackSummary"];
export type OpenedFeedback = Omit<Schemas["OpenedFeedback"], "order" | "answers" | "glasses"> & {
  order: Section[];
  answers: Answers;
  glasses: Glasses[];
};
export type Feedback = Omit<Schemas["Feedback"], "opened"> & { opened: OpenedFeedback | null };
export type GivenFeedback = Schemas["GivenFeedback"];
export type Reception = Schemas["server__reading__answers__Reception"];

export type Profile = Omit<Schemas["Profile"], "stage"> & { stage: "empty" | "words" | "band" | "trend" };
export type ProfileItem = Schemas["ProfileItem"];
export type Choice = Schemas["Choice"];
export type Whose = Schemas["Whose"];
export type Goal = Schemas["server__profiles__answers__Goal"];

export type RoomView = Schemas["Room"];
export type ChatMessage = Schemas["ChatMessage"];
export type Mail = Schemas["KeptMail"];
export type SessionBrief = Schemas["SessionView"];

export type Opening = { slot_id: string; starts_at: string; ends_at: string; free: boolean };
export type DeskOpenings = {
  desk_id: string;
  number: number;
  employer: Employer;
  recruiter_name: string | null;
  form: MeetingForm;
  station: string | null;
  /** The seeker meets this employer already. */
  my_meeting_id: string | null;
  openings: Opening[];
};
export type Openings = {
  event: EventBrief & { starts_at: string; ends_at: string };
  closes_before_s: number;
  meetings_max: number;
  meetings_booked: number;
  employers: DeskOpenings[];
};

export type DemoRole = {
  role: Role;
  person_name: string;
  initials?: string;
  organisation_name: string | null;
  now: { code: string; minutes: number | null; name: string | null; count: number | null } | null;
};
export type Demo = {
  enabled: boolean;
  roles: DemoRole[];
  event: EventBrief | null;
  counts: {
    talking: number;
    waiting: number;
    writing: number;
    feedback_today: number;
    longest_wait_s: number | null;
  } | null;
};
