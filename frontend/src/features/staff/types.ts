/** The server's answers as the staff's pages use them. */
import type { components } from "../../lib/openapi";
import type { Answers, MeetingForm, MeetingState } from "../../lib/types";

type Schemas = components["schemas"];

export type EventBrief = Schemas["EventBrief"];
export type StaffEvent = Schemas["RecruitmentEvent"];
export type Template = Schemas["Template"];
export type EventEmployer = Schemas["EventEmployer"];
export type EventDesk = Schemas["EventDesk"];
export type EventSeeker = Schemas["EventSeeker"];
export type EventSeekers = Schemas["EventSeekers"];
export type SeekerLink = Schemas["SeekerLink"];
export type BankEmployer = Schemas["BankEmployer"];

export type Grid = Omit<Schemas["Grid"], "meetings" | "desks" | "conflicts"> & {
  meetings: GridMeeting[];
  desks: GridDesk[];
  conflicts: GridConflict[];
};
export type GridMeeting = Omit<Schemas["GridMeeting"], "state" | "form"> & {
  state: MeetingState;
  form: MeetingForm;
};
export type GridDesk = Omit<Schemas["GridDesk"], "form"> & { form: MeetingForm };
export type GridSlot = Schemas["GridSlot"];
export type GridSeeker = Schemas["GridSeeker"];
export type ConflictCode =
  | "seeker_double"
  | "desk_double"
  | "recruiter_double"
  | "station_taken"
  | "desk_off_duty"
  | "outside_availability"
  | "form_mismatch"
  | "avoided"
  | "pair_twice"
  | "too_many";
export type GridConflict = Omit<Schemas["GridConflict"], "code" | "severity"> & {
  code: ConflictCode;
  severity: "blocking" | "warning";
};
export type Alternative = Schemas["Alternative"];
export type MeetingChange = Omit<Schemas["MeetingChange"], "meeting" | "conflicts"> & {
  meeting: GridMeeting;
  conflicts: GridConflict[];
};
export type Trade = Omit<Schemas["Trade"], "meetings" | "conflicts"> & { meetings: GridMeeting[]; conflicts: GridConflict[] };
export type PublishPreview = Omit<Schemas["PublishPreview"], "blocking"> & { blocking: GridConflict[] };

export type Import = Schemas["Import"];
export type ImportBrief = Schemas["ImportBrief"];
export type ImportCounts = Schemas["ImportCounts"];
export type Preview = Schemas["ImportPreview"];
export type ImportRow = Schemas["RowResult"];
export type ImportGuess = Schemas["Guess"];
export type ImportDecision = Schemas["Decision"];
export type ImportOption = ImportDecision["options"][number];
export type SharedDecision = Schemas["SharedDecision"];
export type ImportRefusal = Schemas["Refusal"];
export type ImportColumn = Schemas["ColumnGuess"];
/** All that staff have chosen for one file, as it is sent and kept. */
export type Choices = {
  kind: "employers" | "seekers" | null;
  columns: { index: number; field: string | null }[];
  overrides: { line: number; field: string; text: string }[];
  answers: { id: string; value: string }[];
  accepted: string[];
  left_out: number[];
};

export type LiveBoard = Schemas["LiveBoard"];
export type LiveCounts = Schemas["LiveCounts"];
export type DeskCard = Schemas["DeskCard"];
export type DeskContact = Schemas["DeskContact"];
export type Arrival = Schemas["Arrival"];
export type CheckedIn = Schemas["CheckedIn"];

export type OwnSeeker = Schemas["OwnSeeker"];
export type SharedFeedback = Omit<Schemas["SharedFeedback"], "answers"> & { answers: Answers };
export type SharedBySeeker = Omit<Schemas["SharedBySeeker"], "feedback"> & { feedback: SharedFeedback[] };
