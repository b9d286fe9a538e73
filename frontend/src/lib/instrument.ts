/** The texts of an instrument: fetched once, since a version never changes. */
import { api } from "./api";
import { local, t } from "./i18n.svelte";
import type { Instrument, Item, Rated } from "./types";

const known = new Map<string, Promise<Instrument>>();

export function instrument(ref: { code: string; version: number }): Promise<Instrument> {
  const name = `${ref.code}/${ref.version}`;
  let promise = known.get(name);
  if (!promise) {
    promise = api.get<Instrument>(`/api/instruments/${name}`);
    promise.catch(() => known.delete(name));
    known.set(name, promise);
  }
  return promise;
}

/** What a step of the scale says in words: its anchor, or the two anchors it lies between. */
export function wordsOf(item: Item, value: Rated | undefined, own = false): string {
  if (value === null || value === undefined) return t(own ? "feedback.not_rated" : "common.not_seen");
  const anchor = item.anchors.find((candidate) => candidate.value === value);
  if (anchor) return local(own ? anchor.own_text : anchor.text);
  const below = item.anchors.find((candidate) => candidate.value === value - 1);
  const above = item.anchors.find((candidate) => candidate.value === value + 1);
  return t("feedback.between", { below: local(below?.short), above: local(above?.short) });
}
