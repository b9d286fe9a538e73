import { beforeAll, expect, test } from "vitest";
import { listed, loadWords } from "../../lib/i18n.svelte";
import type { Asked } from "./types";
import { whyLines } from "./words";

beforeAll(() => loadWords("seeker"));

function asked(label: string, evidence: string | null = null): Asked {
  return { label, has: evidence !== null, evidence };
}

test("why a job fits is told line by line, what is missing last, and never as a sum of the person", () => {
  const job = {
    required: [asked("Java", "employer_confirmed"), asked("SQL", "self"), asked("Python")],
    merits: [asked("Git", "self"), asked("Go")],
    work_form: "remote" as const,
    met: { id: "1", at: "2026-11-17T09:00:00Z", is_held: true, recruiter_name: "Jonas" },
  };

  expect(whyLines(job)).toEqual([
    { fits: true, text: "Du träffade dem 17 november" },
    { fits: true, text: "2 av 3 kompetenser som de kräver" },
    { fits: true, text: "Java: det kan du visa" },
    { fits: true, text: "SQL: det har du berättat" },
    { fits: true, text: "Git: det är ett plus" },
    { fits: true, text: "Går att göra hemifrån" },
    { fits: false, text: "Python: det har du inte berättat om" },
  ]);
});

test("where nothing fits only what is missing is said", () => {
  const job = { required: [asked("Java"), asked("SQL")], merits: [], work_form: "on_site" as const, met: null };

  expect(whyLines(job)).toEqual([{ fits: false, text: "Java och SQL: det har du inte berättat om" }]);
});

test("several words are listed as one says them", () => {
  expect(listed(["Java", "SQL", "Git"])).toBe("Java, SQL och Git");
});
