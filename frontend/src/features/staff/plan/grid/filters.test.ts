import { describe, expect, it } from "vitest";
import { everybody, lots, peopleSought } from "../side/people";
import { isFiltering, NO_FILTER, rowsShown, soughtBy } from "./filters";
import { GridIndex } from "./index";
import { desk, grid, meeting, seeker } from "./samples";

const DESKS = [
  desk("d1", { number: 1, employer_name: "Nordkod AB", recruiter_name: "Zahra", form: "video" }),
  desk("d2", { number: 2, employer_name: "Byrån", recruiter_name: "Ulf", form: "on_site" }),
  desk("d3", { number: 3, employer_name: "Ängens Vård", recruiter_name: null, form: "hybrid" }),
];
const MEETINGS = [
  meeting("m1", "d1", "s1", "Leila Nordin"),
  meeting("m2", "d2", "s2", "Leila Nordin"),
  meeting("m3", "d2", "s1", "Amir"),
  meeting("m4", "d2", "s3", "Rana"),
];
const conflict = {
  code: "seeker_double" as const, severity: "blocking" as const, meeting_ids: ["m3"], seeker_name: "Amir", employer_name: "Byrån", starts_at: null,
};
const INDEX = new GridIndex(
  grid({ desks: DESKS, meetings: MEETINGS, conflicts: [conflict], unplaced: [seeker({ id: "olle", name: "Olle Nordström" })] }),
);

const rows = (change: Partial<typeof NO_FILTER>) => rowsShown(INDEX, { ...NO_FILTER, ...change }).map((row) => DESKS[row]?.id);
const sought = (change: Partial<typeof NO_FILTER>) => {
  const test = soughtBy(INDEX, { ...NO_FILTER, ...change });
  return test ? MEETINGS.filter(test).map((one) => one.id) : undefined;
};

describe("what is sought in the plan", () => {
  it("is nothing in particular to begin with", () => {
    expect(isFiltering(NO_FILTER)).toBe(false);
    expect(rows({})).toEqual(["d1", "d2", "d3"]);
    expect(sought({})).toBeUndefined();
  });

  it("is an employer, a recruiter, a desk's number or a job seeker by a part of the name", () => {
    expect(rows({ text: "ängens" })).toEqual(["d3"]);
    expect(rows({ text: "ulf" })).toEqual(["d2"]);
    expect(rows({ text: "3" })).toEqual(["d3"]);
    expect(rows({ text: "NORD" })).toEqual(["d1", "d2"]);
    expect(sought({ text: "leila" })).toEqual(["m1", "m2"]);
    expect(rows({ text: "xyzzy" })).toEqual([]);
  });

  it("is a form, in which those who meet both ways are found too", () => {
    expect(rows({ form: "video" })).toEqual(["d1", "d3"]);
    expect(rows({ form: "on_site" })).toEqual(["d2", "d3"]);
  });

  it("is what does not fit, or where there is room", () => {
    expect(rows({ conflicts: true })).toEqual(["d2"]);
    expect(sought({ conflicts: true })).toEqual(["m3"]);
    expect(rows({ free: true })).toEqual(["d1", "d3"]);
    expect(rows({ conflicts: true, text: "leila" })).toEqual([]);
  });

  it("is those with so many meetings", () => {
    expect(sought({ meetings: 2 })).toEqual(["m1", "m2"]);
    expect(rows({ meetings: 1 })).toEqual(["d2"]);
    expect(rows({ meetings: 3 })).toEqual([]);
    expect(rows({ meetings: 0 })).toEqual(["d1", "d2", "d3"]);
  });
});

describe("everybody in the plan", () => {
  const people = everybody(INDEX);

  it("stands by number of meetings and name, those without one first", () => {
    expect(people.map((person) => `${person.name} ${person.meetings}`)).toEqual(["Olle Nordström 0", "Amir 1", "Rana 1", "Leila Nordin 2"]);
    expect(lots(people)).toEqual([1, 2, 1, 0]);
  });

  it("is found by name and lot", () => {
    const found = (text: string, meetings?: number) => peopleSought(people, { text, meetings }).map((person) => person.id);

    expect(found("nord")).toEqual(["olle", "Leila Nordin"]);
    expect(found("nord", 0)).toEqual(["olle"]);
    expect(found("", 3)).toEqual([]);
  });
});
