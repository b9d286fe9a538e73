/** What the server says of plans that were asked for, as the plan's page uses it. */

export type Stage = "load" | "equality" | "select" | "lay" | "repair" | "improve" | "breaks" | "certify";
export type RunStatus = "queued" | "running" | "done" | "cancelled" | "failed" | "lost";
export type Dimension = "gender" | "age_band";
export type RunOptions = {
  seed: number;
  meetings_max: number | null;
  meetings_min: number | null;
  keep: "pinned" | "all";
  parity: { dimension: Dimension; strength: number } | null;
};
export type Certificate = {
  value: number;
  bound: number;
  gap_pct: number;
  match_value: number;
  meetings: number;
  breaks_before: number;
  breaks: number;
  rules_kept: string[];
  seconds: number;
  seed: number;
};
export type GroupShare = { label: string; seekers: number; mean: number; without: number };
export type GroupFigures = { dimension: Dimension; groups: GroupShare[]; groups_withheld: number };
export type Figures = {
  meetings: number;
  seekers: number;
  by_meetings: number[];
  breaks: number;
  mean_value: number | null;
  groups: GroupFigures[];
};
export type Unmet = {
  seeker_id: string;
  seeker_name: string;
  organisation_id: string | null;
  employer_name: string | null;
  code: string;
  params: Record<string, string | number>;
  reason: string;
};
export type Fault = { path: string; message: string };
export type Changes = { new: number; moved: number; gone: number; people_moved: number };
export type PlanningRun = {
  id: string;
  status: RunStatus;
  stage: Stage | "";
  progress_pct: number;
  options: RunOptions;
  created_at: string;
  finished_at: string | null;
  laid_at: string | null;
  is_current: boolean;
  certificate: Certificate | null;
  figures: Figures | null;
  unmet: Unmet[];
  faults: Fault[];
  meetings: number;
  changes: Changes | null;
};
export type LaidPlan = { laid: number; moved: number; taken_away: number; told: number };
export type EqualityPoint = { strength: number; gap_pct: number; price_pct: number; shares: GroupShare[] };
export type EqualityPrices = { dimension: Dimension; run_id: string | null; points: EqualityPoint[] };
export type Spot = { desk_id: string; slot_id: string };
export type Compared = {
  seeker_id: string;
  seeker_name: string;
  organisation_id: string;
  employer_name: string;
  one: Spot | null;
  other: Spot | null;
};
export type Comparison = { one: Figures; other: Figures; changes: Changes; differences: Compared[] };
export type PlanningRules = {
  rest_slots: number;
  form_change_slots: number;
  zone_change_slots: number;
  recruiter_break_every: number;
  meetings_min: number;
  interpreters: Record<string, number>;
  video_rooms: number | null;
  target_age_bands: Record<string, number>;
};
export type Match = {
  organisation_id: string;
  employer_name: string;
  value: number;
  reasons: { code: string; params: Record<string, string | number> }[];
};
