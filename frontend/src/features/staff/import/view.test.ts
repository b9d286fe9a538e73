import { describe, expect, it } from "vitest";
import type { Import, ImportRow, Preview } from "../types";
import { acceptedAll, answered, asked, asKind, choicesOf, leftOut, mapped, overridden, takenBack } from "./choices";
import {
  alternatives, answeredQuestions, bars, cellText, fieldOf, guessGroups, marks, nextAct, readValues, stopGroups, willBeRead,
} from "./view";

const NOBODY: ImportRow = {
  line: 2, last_line: 2, status: "ready", label: "Amir Dalén", values: {}, sensitive: {}, guesses: [], decisions: [],
  refusals: [], exists: false,
};

function row(line: number, change: Partial<ImportRow> = {}): ImportRow {
  return { ...NOBODY, line, last_line: line, ...change };
}

function refused(line: number, reason: "email_without_at" | "consent_refused"): ImportRow {
  return row(line, { status: "refused", refusals: [{ field: "email", raw: "tove.rask.example", reason, params: {} }] });
}

function guess(line: number, isAccepted = false): ImportRow["guesses"][number] {
  return {
    id: `${line}:from:time_bare_hour`, field: "from", raw: "9", understood: "09:00", reason: "time_bare_hour",
    params: {}, sensitive: false, accepted: isAccepted,
  };
}

function preview(rows: ImportRow[], change: Partial<Preview> = {}): Preview {
  return {
    kind: "seekers", encoding: "utf-8", delimiter: ";", columns: [], missing_columns: [], rows, other_lines: [],
    decisions: [], notices: [], ignored_choices: [], summary: {} as Preview["summary"], ...change,
  };
}

const question: Preview["decisions"][number] = {
  lines: [4, 5],
  decision: {
    id: "company:molnverk", field: "wish_1", raw: "Molnverk", question: "wish_unknown", params: { name: "Molnverk" },
    options: [{ value: "drop", code: "drop", label: null }], proposed: null, answer: null,
  },
};
const free: Pick<Import, "blocked"> = { blocked: [] };

describe("the one thing to do next", () => {
  it("is a column that is missing, before any row", () => {
    expect(nextAct(free, preview([refused(3, "email_without_at")], { missing_columns: ["email"] })).to).toBe("column");
  });

  it("is the first of the rarest fault, then the question, then to save", () => {
    const rows = [refused(3, "consent_refused"), row(4), row(5), refused(6, "consent_refused"), refused(9, "email_without_at")];
    const mended = [row(3), row(4), row(5)];

    expect(nextAct(free, preview(rows, { decisions: [question] }))).toEqual({ to: "row", id: "row-9", line: 9 });
    expect(nextAct(free, preview(mended, { decisions: [question] }))).toEqual({ to: "question", id: "question-0" });
    expect(nextAct(free, preview(mended))).toEqual({ to: "commit", count: 3 });
  });

  it("is nothing when the server still sees something in the way", () => {
    const blocked: Import["blocked"] = [{ code: "nothing_to_import", lines: [], names: [] }];
    expect(nextAct({ blocked }, preview([])).to).toBe("nothing");
  });

  it("does not wait for a question that has a proposal", () => {
    const proposed = { ...question, decision: { ...question.decision, proposed: "drop" } };
    expect(nextAct(free, preview([row(4), row(5)], { decisions: [proposed] }))).toEqual({ to: "commit", count: 2 });
  });
});

describe("the bars", () => {
  it("stand tall for what stops and for the rows of an open question", () => {
    const rows = [row(2), refused(3, "email_without_at"), row(4), row(5, { guesses: [guess(5)] }), row(6, { status: "left_out" })];

    expect(bars(preview(rows)).map((bar) => bar.state)).toEqual(["ready", "stop", "ready", "guess", "left_out"]);
    expect(bars(preview(rows, { decisions: [question] })).map((bar) => bar.state)).toEqual([
      "ready", "stop", "stop", "stop", "left_out",
    ]);
    expect(willBeRead(preview(rows))).toBe(3);
  });

  it("carry as many numbers as there is room for", () => {
    const all = bars(preview(Array.from({ length: 100 }, (_, at) => refused(at + 2, "consent_refused"))));

    expect(marks(all, 0.0999).map((mark) => mark.line)).toEqual([2, 17, 27, 37, 47, 57, 67, 77]);
    expect(marks(all.slice(0, 2), 0.001)).toHaveLength(2);
  });
});

describe("what is alike stands together", () => {
  it("groups stopped rows by reason, the rarest first", () => {
    const groups = stopGroups(preview([refused(3, "consent_refused"), refused(4, "consent_refused"), refused(5, "email_without_at")]));
    expect(groups.map((group) => [group.reason, group.rows.length])).toEqual([["email_without_at", 1], ["consent_refused", 2]]);
  });

  it("groups guesses, and counts those that nobody has looked at", () => {
    const rows = [row(2, { guesses: [guess(2)] }), row(3, { guesses: [guess(3, true)] }), row(4, { status: "left_out", guesses: [guess(4)] })];
    expect(guessGroups(preview(rows)).map((group) => [group.reason, group.items.length, group.open])).toEqual([["time_bare_hour", 2, 1]]);
  });

  it("reads values and fields for cells", () => {
    expect([cellText(["Java", "SQL"]), cellText(null), cellText(true), cellText(3)]).toEqual(["Java, SQL", "", "", "3"]);
    expect(["wish_10", "email", "email_2", "wish_mark"].map(fieldOf)).toEqual([
      { code: "wish", rank: 10 }, { code: "email", rank: null }, { code: "email", rank: 2 }, { code: "wish_mark", rank: null },
    ]);
  });
});

describe("what was said already", () => {
  const proposed = {
    ...question.decision, id: "3:name:seeker_alike", field: "name", question: "seeker_alike" as const, proposed: "keep_both",
    options: [
      { value: "keep_both", code: "keep_both" as const, label: null },
      { value: "keep_this", code: "keep_this" as const, label: null },
    ],
  };

  it("is a list of answers, each of which may be taken back", () => {
    const said = { ...question, decision: { ...question.decision, answer: "drop" } };
    expect(answeredQuestions(preview([], { decisions: [question, said] }))).toEqual([said]);
  });

  it("offers the other answers beside a guess that goes by a proposal", () => {
    const repeated = { ...guess(3), field: "name", reason: "name_repeated" as const };
    const alike = row(3, { guesses: [repeated], decisions: [proposed] });

    expect(alternatives(alike, repeated)?.options.map((option) => option.value)).toEqual(["keep_this"]);
    expect(alternatives(alike, guess(3))).toBeUndefined();
    expect(alternatives({ ...alike, decisions: [{ ...proposed, answer: "keep_both" }] }, repeated)).toBeUndefined();
  });

  it("shows what a row says, without what is empty", () => {
    const read = row(2, { values: { name: "Amir Dalén", email: "a@x.example", from: null, wishes: ["Nordkod AB"], consent: true } });
    expect(readValues(read)).toEqual([{ field: "email", value: "a@x.example" }, { field: "wish", value: ["Nordkod AB"] }]);
  });
});

describe("choices", () => {
  const none = choicesOf({});

  it("replace what was chosen before about the same thing", () => {
    const twice = overridden(overridden(none, 14, "email", "tove@"), 14, "email", "tove@post.example");
    expect(twice.overrides).toEqual([{ line: 14, field: "email", text: "tove@post.example" }]);
    expect(answered(answered(none, "q", "a"), "q", "b").answers).toEqual([{ id: "q", value: "b" }]);
    expect(asked(answered(none, "q", "a"), "q").answers).toEqual([]);
  });

  it("read a field from one column only", () => {
    const both = mapped(mapped(none, 3, "email"), 4, "email");
    expect(both.columns).toEqual([{ index: 4, field: "email" }]);
    expect(mapped(mapped(none, 3, null), 4, null).columns).toHaveLength(2);
    expect(mapped(mapped(none, 3, "wish_mark"), 4, "wish_mark").columns).toHaveLength(2);
  });

  it("accept a kind of guess in one word, until a column is read as something else", () => {
    const seen = acceptedAll(acceptedAll(none, "time_range"), "time_range");
    expect(seen.accepted).toEqual(["*:time_range"]);
    expect(mapped(seen, 3, "times").accepted).toEqual([]);
  });

  it("leave rows out once, and take them back", () => {
    const out = leftOut(leftOut(none, [9, 4]), [4]);
    expect(out.left_out).toEqual([4, 9]);
    expect(takenBack(out, [9]).left_out).toEqual([4]);
  });

  it("begin anew for the other kind of file, but keep the rows that are left out", () => {
    const before = leftOut(mapped(none, 3, "email"), [7]);
    expect(asKind(before, "employers")).toEqual({ ...none, kind: "employers", left_out: [7] });
  });
});
