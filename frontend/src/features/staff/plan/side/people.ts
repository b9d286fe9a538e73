/** Everybody in a plan with how many meetings they have, read from the grid itself. Pure. */
import { lotOf, MANY } from "../grid/filters";
import type { GridIndex } from "../grid/index";

export type Person = { id: string; name: string; meetings: number };

/** Those without a meeting first, then by name. */
export function everybody(index: GridIndex): Person[] {
  const people = new Map<string, Person>();
  for (const { id, name, meetings } of index.grid.unplaced) people.set(id, { id, name, meetings });
  for (const [id, day] of index.days) {
    const name = day[0]?.seeker_name ?? "";
    people.set(id, { id, name, meetings: day.length });
  }
  const byName = new Intl.Collator("sv");
  return [...people.values()].sort((a, b) => a.meetings - b.meetings || byName.compare(a.name, b.name));
}

/** How many people have none, one, two, and three meetings or more. */
export function lots(people: readonly Person[]): number[] {
  const found = new Array<number>(MANY + 1).fill(0);
  for (const person of people) found[lotOf(person.meetings)]! += 1;
  return found;
}

/** Those whose name is sought, of the lot that is sought. */
export function peopleSought(people: readonly Person[], filter: { text: string; meetings: number | undefined }): Person[] {
  const text = filter.text.trim().toLocaleLowerCase("sv");
  return people.filter(
    (person) =>
      (filter.meetings === undefined || lotOf(person.meetings) === filter.meetings) &&
      (text === "" || person.name.toLocaleLowerCase("sv").includes(text)),
  );
}
