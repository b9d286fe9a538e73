import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { beforeAll, expect, test, vi } from "vitest";
import { startWords } from "../lib/i18n.svelte";
import type { Item } from "../lib/types";
import Countdown from "./Countdown.svelte";
import ErrorSummary from "./ErrorSummary.svelte";
import Half from "./Half.svelte";
import Rating from "./Rating.svelte";
import Remote from "./Remote.svelte";

const text = (words: string) => ({ sv: words, en: words });
const ITEM: Item = {
  code: "item_1",
  number: 1,
  title: text("Showed merits"),
  own_title: text("Showed my merits"),
  anchors: [1, 3, 5].map((value) => ({
    value,
    text: text(`theirs ${value}`),
    own_text: text(`mine ${value}`),
    short: text(`short ${value}`),
  })),
};

beforeAll(() => startWords());

test("a rating begins with nothing chosen, and tells which step was", async () => {
  const chosen: (number | null)[] = [];
  const onchange = (value: number | null) => chosen.push(value);
  render(Rating, { item: ITEM, side: "employer", value: undefined, onchange, unseen: true });
  const steps = screen.getAllByRole<HTMLInputElement>("radio");

  expect(steps.map((step) => step.checked)).toEqual([false, false, false, false, false, false]);
  await fireEvent.click(screen.getByRole("radio", { name: /4/ }));
  await fireEvent.click(screen.getByRole("radio", { name: "Inget underlag" }));

  expect(chosen).toEqual([4, null]);
});

test("the seeker rates in the first person, the employer in the third", () => {
  render(Rating, { item: ITEM, side: "seeker", value: 3, onchange: () => undefined });
  expect(screen.getByRole("group", { name: "Showed my merits" })).toBeTruthy();
  expect(screen.getByRole("radio", { name: "3 mine 3" })).toHaveProperty("checked", true);
  document.body.innerHTML = "";

  render(Rating, { item: ITEM, side: "employer", value: null, onchange: () => undefined });
  expect(screen.getByRole("group", { name: "Showed merits" })).toBeTruthy();
  expect(screen.getByRole("radio", { name: "5 theirs 5" })).toHaveProperty("checked", false);
});

test("the error summary takes focus and leads to the field", async () => {
  const field = document.createElement("input");
  field.id = "email";
  field.scrollIntoView = () => undefined;
  document.body.append(field);
  render(ErrorSummary, { errors: [{ id: "email", key: "sign_in.email_missing" as const }] });

  expect(document.activeElement).toBe(screen.getByRole("region"));
  await fireEvent.click(screen.getByRole("link", { name: /^Skriv din e-postadress/ }));
  expect(document.activeElement).toBe(field);
});

test("the countdown is a timer that says the time in words", () => {
  render(Countdown, { seconds: 112, total: 420 });

  expect(screen.getByRole("timer").getAttribute("aria-label")).toBe("1 minut och 52 sekunder kvar");
});

test("a half is drawn in silence unless it has a label of its own", () => {
  render(Half, { show: "meeting" });
  expect(screen.queryByRole("img")).toBe(null);

  render(Half, { show: "writing", label: "Arbetsgivaren skriver" });
  expect(screen.getByRole("img", { name: "Arbetsgivaren skriver" })).toBeTruthy();
});

test("what the address points at is shown once it has been read, and only then", async () => {
  const seen: string[] = [];
  Element.prototype.scrollIntoView = vi.fn(function (this: Element) {
    seen.push(this.id);
  });
  location.hash = "#need-validation";
  const of = { data: undefined as string | undefined, problem: undefined, reloading: false, reload: vi.fn(), reloadSoon: vi.fn(), set: vi.fn(), amend: vi.fn() };
  const children = createRawSnippet(() => ({ render: () => '<p id="need-validation">Validering</p>' }));
  const { rerender } = render(Remote, { of, children });
  expect(seen).toEqual([]);

  await rerender({ of: { ...of, data: "read" } });
  await rerender({ of: { ...of, data: "read anew" } });

  expect(seen).toEqual(["need-validation"]);
  location.hash = "";
});
