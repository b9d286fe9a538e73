/** The shapes of the server's answers, as the pages use them. */
import type { LocalText } from "./i18n.svelte";

export type Role = "seeker" | "recruiter" | "staff" | "case_worker" | "admin" | "companion";
export type HeldRole = { role: Role; organisation_id: string | null; organisation_name: string | null };
export type Person = { id: string; name: string; initials: string; email: string | null; locale: string };
export type Me = {
  person: Person | null;
  roles: HeldRole[];
  csrf_token: string;
  scope_event_id: string | null;
  shares_with_case_worker: boolean | null;
  demo: boolean;
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

export type Employer = {
  id: string;
  name: string;
  initials: string;
  about: string;
  roles: string[];
  competences_wanted: string[];
};
export type EventBrief = { id: string; name: string; place: string; zone: string };
export type Station = { number: number; name: string; is_accessible: boolean };
export type WaitReason = "next" | "previous_running" | "previous_started_late" | "not_yet_time" | "desk_closed";
export type QueuePlace = {
  position: number;
  ahead: number;
  wait_min_s: number | null;
  wait_max_s: number | null;
  reason: WaitReason;
  desk_is_open: boolean;
  meeting_running: boolean;
};
export type MyMeeting = {
  id: string;
  server_time: string;
  state: MeetingState;
  form: MeetingForm;
  format: MeetingFormat;
  /** Null for someone who dropped in. */
  starts_at: string | null;
  ends_at: string | null;
  desk_id: string;
  slot_id: string | null;
  event: EventBrief;
  employer: Employer;
  recruiter_name: string | null;
  station: Station | null;
  check_in_code: string;
  ready_at: string | null;
  called_at: string | null;
  talk_started_at: string | null;
  talk_ends_at: string | null;
  feedback_ends_at: string | null;
  closed_at: string | null;
  warns_at: string[];
  extensions: number;
  feedback_id: string | null;
  queue: QueuePlace | null;
};
export type Goal = { chip: string; text: LocalText; employer_name: string | null; chosen_at: string | null };

export type FeedbackBrief = {
  id: string;
  meeting_id: string;
  employer: Employer;
  recruiter_name: string | null;
  held_at: string;
  released_at: string;
  state: "sealed" | "opened";
};
export type Anchor = { value: number; text: LocalText; own_text?: LocalText; short?: LocalText };
export type Item = { code: string; title: LocalText; own_title?: LocalText; anchors: Anchor[] };
export type Rated = number | null;
export type Ratings = Record<string, Rated>;
export type ChipText = {
  code: string;
  text: LocalText;
  competence?: LocalText;
  occupation?: LocalText;
  practise?: LocalText;
};
export type Card = {
  ratings: Ratings;
  next_step: ChipText | null;
  worked: ChipText[];
  worked_statement: string | null;
  do_next: ChipText[];
  do_next_statement: string | null;
  enabling: ChipText[];
};
export type Reception = {
  next_clear: number | null;
  respected: number | null;
  rings_true: number | null;
  useful: number | null;
};
export type Feedback = FeedbackBrief & {
  zone?: string;
  items: Item[];
  self_rating: Ratings | null;
  card: Card | null;
  reply: { text: string; sent_at: string } | null;
  reception: Reception | null;
  goal: Goal | null;
  statement_shared: boolean;
};

export type ProfileRating = {
  employer: Pick<Employer, "id" | "name" | "initials">;
  held_at: string;
  value: Rated;
  self_value: Rated;
};
export type Band = { low: number; high: number };
export type ProfileItem = Item & {
  ratings: ProfileRating[];
  band?: Band | null;
  earlier_band?: Band | null;
  trend?: "up" | "probably_up" | "same" | "down" | "unknown" | null;
};
export type ChipCount = ChipText & { employers: Pick<Employer, "id" | "name" | "initials">[] };
export type Profile = {
  goal: Goal | null;
  meetings_held: number;
  items: ProfileItem[];
  worked: ChipCount[];
  do_next: ChipCount[];
  enabling: ChipCount[];
  next_steps: ChipCount[];
  competences: { label: string; evidence: string }[];
  questions: string[];
  shares_with_case_worker: boolean | null;
};

export type Opening = { slot_id: string; starts_at: string; ends_at: string; free: boolean };
export type EmployerOpenings = {
  desk_id: string;
  employer: Employer;
  recruiter_name: string | null;
  form: MeetingForm;
  station: string | null;
  openings: Opening[];
};
export type Openings = { event: EventBrief & { starts_at: string }; employers: EmployerOpenings[] };

export type Mail = { id: string; to: string; subject: string; text: string; at: string };
export type SessionBrief = {
  id: string;
  current: boolean;
  device: string;
  created_at: string;
  last_seen_at: string;
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
  event: (EventBrief & { starts_at?: string }) | null;
  counts: {
    talking: number;
    waiting: number;
    writing: number;
    feedback_today: number;
    longest_wait_s: number | null;
  } | null;
};

export type RoomView = {
  meeting_id: string;
  form: MeetingForm;
  me: { person_id: string; role: Role };
  other: { name: string; role: Role; organisation: string | null } | null;
  ice_servers: RTCIceServer[];
  ice_transport_policy: RTCIceTransportPolicy;
  polite: boolean;
  talk_ends_at: string | null;
};
export type ChatMessage = { id: string; person_id: string; person_name: string; text: string; sent_at: string };
