import { describe, expect, test } from "vitest";
import pack from "../../../../feedback/packs/it_v1.json";
import { isHard, left, merge, rate, step, tapsLeft, tidy, toggle } from "./answers";
import type { Answers, Instrument } from "./types";

const instrument = pack as unknown as Instrument;
const { worked, enabling, next_step: nextStep } = instrument;

describe("a scorecard", () => {
  test("takes eight taps from empty to sent", () => {
    let answers: Answers = {};
    const counted = [tapsLeft(answers, instrument)];
    for (const item of instrument.items) {
      answers = rate(answers, item.code, 4);
      counted.push(tapsLeft(answers, instrument));
    }
    answers = step(answers, "yes", nextStep);
    counted.push(tapsLeft(answers, instrument));
    answers = toggle(answers, "worked", "prepared", worked);
    counted.push(tapsLeft(answers, instrument));
    answers = toggle(answers, "do_next", "read_about_us", instrument.do_next);
    counted.push(tapsLeft(answers, instrument));

    expect(counted).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test("counts nothing to go by as an answer", () => {
    expect(left(rate({}, "item_2", null), instrument).map(({ number }) => number)).toEqual([1, 3, 4, 5, 6, 7]);
  });

  test("can be sent without saying what worked, but not without what to do next", () => {
    const required = left({}, instrument).filter((question) => question.required);

    expect(required.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 7]);
  });

  test("keeps the two chips chosen last", () => {
    const chosen = ["clear_example", "good_questions", "prepared"].reduce<Answers>(
      (answers, code) => toggle(answers, "worked", code, worked),
      {},
    );

    expect(chosen.worked).toEqual(["good_questions", "prepared"]);
  });

  test("lets nothing stand beside a choice that stands alone", () => {
    const some = toggle({ enabling: ["work_trial", "validation"] }, "enabling", "nothing_needed", enabling);
    const other = toggle(some, "enabling", "supervisor", enabling);

    expect([some.enabling, other.enabling]).toEqual([["nothing_needed"], ["supervisor"]]);
  });

  test("drops the occupation when another next step is chosen", () => {
    const named: Answers = { next_step: "another_role", occupation: "tester" };

    expect(step(named, "another_role", nextStep)).toEqual(named);
    expect(step(named, "not_yet", nextStep)).toEqual({ next_step: "not_yet" });
  });

  test("sends nothing that is empty", () => {
    expect(tidy({ ratings: {}, worked: [], worked_statement: "", next_step: "yes" })).toEqual({ next_step: "yes" });
  });
});

describe("two drafts of one scorecard", () => {
  const base: Answers = { ratings: { item_1: 3 }, worked: ["prepared"] };

  test("become one with the answers of both", () => {
    const mine: Answers = { ratings: { item_1: 3, item_2: 5 }, worked: ["prepared"], next_step: "yes" };
    const theirs: Answers = { ratings: { item_1: 3, item_3: null }, worked: ["good_questions"] };

    expect(merge(base, mine, theirs)).toEqual({
      ratings: { item_1: 3, item_2: 5, item_3: null },
      worked: ["good_questions"],
      next_step: "yes",
    });
  });

  test("give way to mine where both changed the same answer", () => {
    const merged = merge(base, { ratings: { item_1: 5 }, worked: [] }, { ratings: { item_1: 1 }, worked: ["prepared"] });

    expect(merged).toEqual({ ratings: { item_1: 5 } });
  });
});

test("what is hard to read begins with what worked, as the seeker's page does", () => {
  const low = { item_1: 1, item_2: 2, item_3: 5, item_4: null };

  expect([
    isHard({ next_step: "yes", ratings: { item_1: 4 } }, instrument),
    isHard({ next_step: "not_yet", ratings: { item_1: 5 } }, instrument),
    isHard({ next_step: "yes", ratings: low }, instrument),
    isHard({}, instrument),
  ]).toEqual([false, true, true, false]);
});
