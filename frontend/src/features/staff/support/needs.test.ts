import { describe, expect, it } from "vitest";
import type { Answers } from "../../../lib/types";
import { gathered } from "./needs";

const CHOICES = [{ code: "validation" }, { code: "mentor" }, { code: "work_trial" }];

function said(employer: string, day: string, answers: Answers) {
  return {
    author: { employer_id: employer, employer_name: employer, employer_initials: employer.slice(0, 1) },
    held_at: `2026-11-${day}T10:00:00Z`,
    answers,
  };
}

describe("what employers ask for", () => {
  it("stands once, with everybody who asks for it, the most asked for first", () => {
    const feedback = [
      said("Fjällnät", "12", { enabling: ["mentor", "validation"] }),
      said("Molnverket", "13", { enabling: ["validation"] }),
      said("Tallkod", "14", {}),
    ];

    const found = gathered(feedback, "enabling", CHOICES);

    expect(found.map((one) => [one.choice.code, one.by.map((by) => by.name)])).toEqual([
      ["validation", ["Fjällnät", "Molnverket"]],
      ["mentor", ["Fjällnät"]],
    ]);
  });

  it("counts an employer once, by its newest meeting, and puts newer wishes first among equals", () => {
    const feedback = [
      said("Fjällnät", "01", { do_next: ["mentor"] }),
      said("Fjällnät", "09", { do_next: ["mentor"] }),
      said("Tallkod", "20", { do_next: ["work_trial"] }),
    ];

    const found = gathered(feedback, "do_next", CHOICES);

    expect(found.map((one) => one.choice.code)).toEqual(["work_trial", "mentor"]);
    expect(found[1]?.by).toEqual([{ name: "Fjällnät", initials: "F", held_at: "2026-11-09T10:00:00Z" }]);
    expect(gathered(feedback, "worked", CHOICES)).toEqual([]);
  });
});
