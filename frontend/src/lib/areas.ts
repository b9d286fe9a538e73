/** Which part of the catalogue a key belongs to: its first word decides. */
export type Area = "core" | "seeker" | "room" | "desk" | "staff";

const AREA_OF_PREFIX: Record<string, Area> = {
  app: "core",
  common: "core",
  nav: "core",
  problem: "core",
  state: "core",
  start: "core",
  sign_in: "core",
  room: "room",
  waiting: "room",
  on_site: "room",
  after: "room",
  gone: "room",
  devices: "room",
  media: "room",
  desk: "desk",
  scorecard: "desk",
  station: "desk",
  tone: "desk",
  given: "desk",
  ours: "desk",
  vacancy: "desk",
  staff: "staff",
  import: "staff",
  plan: "staff",
  pack: "staff",
  live: "staff",
  support: "staff",
  bank: "staff",
  tasks: "staff",
  hand_over: "staff",
  case_plan: "staff",
};

export function areaOf(key: string): Area {
  return AREA_OF_PREFIX[key.split(".", 1)[0] ?? ""] ?? "seeker";
}
