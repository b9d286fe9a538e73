/** The sentences of live repair: what an option is, what it costs, who is told. Times in the event's zone. */
import { t } from "../../../../lib/i18n.svelte";
import { shortName } from "../../../../lib/names";
import { clock } from "../../../../lib/time.svelte";
import { interpreterName } from "../../people/needs";
import type { InWords, RepairChange, RepairOption, TellPerson } from "./types";

type MessageKey = Parameters<typeof t>[0];
const TIMES = ["at", "from", "to", "first"];
const NAMED_MAX = 4;

/** What an option costs is partly in its picture; these are said beside it. */
const SAID = new Set(["nobody_else_moves", "fits_worse", "everybody_keeps_time"]);

function sentence(prefix: "about" | "cost" | "if", words: InWords, zone: string): string {
  const values = Object.fromEntries(
    Object.entries(words.params).map(([name, value]) => {
      if (TIMES.includes(name)) return [name, clock(String(value), zone)];
      if (name === "kind") return [name, interpreterName(String(value))];
      return [name, name === "employer" ? shortName(String(value)) : value];
    }),
  );
  return t(`live.${prefix}_${words.code}` as MessageKey, values);
}

export const about = (words: InWords, zone: string): string => sentence("about", words, zone);
export const consequence = (words: InWords, zone: string): string => sentence("if", words, zone);

/** What an option asks of people, a sentence each. */
export function costsOf(option: RepairOption, zone: string): string[] {
  const said = (option.is_plain ? [] : option.costs).filter((one) => SAID.has(one.code)).map((one) => sentence("cost", one, zone));
  const moved = option.people_moved > 0 ? [t("live.others_moved", { count: option.people_moved })] : [];
  // Whoever gets another meeting instead loses none; that none is held is a plain option's own heading.
  const lost = option.is_plain ? 0 : option.meetings_dropped - rowsOf(option).filter((row) => row.instead).length;
  const dropped = lost > 0 ? [t("live.dropped", { count: lost })] : [];
  const away = option.away.flatMap(({ name, until }) => (until ? [t("live.cost_away", { name, time: clock(until, zone) })] : []));
  return [...dropped, ...moved, ...said, ...away];
}

/** The changes that an option is about: whoever did not come is only its cause. */
export function wanted(option: RepairOption): RepairChange[] {
  return option.changes.filter((change) => change.reason !== "no_show");
}

/** One line of an option's picture; `instead` is the employer whose meeting this one takes the place of. */
export type Row = { change: RepairChange; instead: string | null };

/** The changes as people's ways: a meeting that is lost and the one that comes for it are one. */
export function rowsOf(option: RepairOption): Row[] {
  const rows: Row[] = [];
  for (const change of option.changes) {
    const last = rows.at(-1);
    const isFor = last && !last.change.after && last.change.reason === null && last.change.seeker_id === change.seeker_id;
    if (isFor && !change.before) {
      rows[rows.length - 1] = { change: { ...change, before: last.change.before }, instead: last.change.employer_name };
    } else rows.push({ change, instead: null });
  }
  return rows.sort((a, b) => Number(b.change.reason !== null) - Number(a.change.reason !== null) || startOf(a) - startOf(b));
}

/** When a row begins: where the meeting was, else where it will be. */
function startOf({ change }: Row): number {
  return Date.parse((change.before ?? change.after)?.starts_at ?? "");
}

/** The heading of an option: what it comes to, in a few words. */
export function heading(option: RepairOption, kind: string, zone: string): string {
  const [desk] = option.desks;
  if (desk?.recruiter_name) return t("live.option_takes_over", { name: desk.recruiter_name });
  if (desk?.station_name) return t("live.cost_new_station", { desk: desk.desk_number, station: desk.station_name });
  const changes = wanted(option);
  const [first] = changes;
  if (!first) return headingOfNote(option, zone);
  const held = changes.filter((change) => change.after);
  if (held.length === 0) return t(option.is_plain ? "live.option_plain" : "live.option_none_held", { count: changes.length });
  if (kind === "walk_in") return forWalkIn(held, first, zone);
  if (kind === "no_show") {
    const taker = held.find((change) => sameSlot(change, option)) ?? held[0] ?? first;
    return t(taker.before ? "live.option_comes_earlier" : "live.option_takes_seat", { name: taker.seeker_name });
  }
  if (rowsOf(option).some((row) => row.instead)) return t("live.option_instead", { count: held.length });
  if (held.length > 1) return t("live.option_moves_many", { count: held.length });
  const [only] = held;
  return t("live.option_moves", { name: only?.seeker_name ?? "", time: only?.after ? clock(only.after.starts_at, zone) : "" });
}

/** What is written down without any meeting moving. */
function headingOfNote(option: RepairOption, zone: string): string {
  const [desk] = option.desks;
  const [away] = option.away;
  if (desk) return t("live.option_closes", { desk: desk.desk_number });
  if (away?.until) return t("live.option_away", { name: away.name, time: clock(away.until, zone) });
  return t("live.option_noted");
}

function forWalkIn(held: RepairChange[], first: RepairChange, zone: string): string {
  const mine = held.filter((change) => !change.before && change.seeker_id === first.seeker_id);
  const [only] = mine;
  if (mine.length !== 1 || !only?.after) return t("live.option_gets", { count: mine.length });
  return t("live.upcoming_at", { employer: shortName(only.employer_name), time: clock(only.after.starts_at, zone) });
}

function sameSlot(change: RepairChange, option: RepairOption): boolean {
  const freed = option.changes.find((one) => one.reason === "no_show")?.before;
  return !freed || change.after?.slot_id === freed.slot_id;
}

/** `Amina, Bilal och 3 till`; empty when nobody is told. */
export function namesOf(told: readonly TellPerson[], locale: string): string {
  const names = [...new Set(told.map((one) => one.name))];
  if (names.length > NAMED_MAX) {
    const shown = names.slice(0, NAMED_MAX - 1);
    return t("live.told_more", { names: shown.join(", "), count: names.length - shown.length });
  }
  return new Intl.ListFormat(locale === "sv" ? "sv-SE" : "en-GB").format(names);
}
