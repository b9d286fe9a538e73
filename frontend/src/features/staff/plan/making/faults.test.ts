import { beforeAll, expect, it } from "vitest";
import { loadWords, startWords, t } from "../../../../lib/i18n.svelte";
import { atMost } from "../words";
import { faultWords } from "./faults";

beforeAll(async () => {
  await startWords();
  await loadWords("staff");
});

const said = (path: string) => faultWords({ path, message: "in its own words" }, "e1");

it("what keeps a plan from being made leads to where it is mended", () => {
  expect(said("desks")).toEqual({ text: t("plan.fault_no_desks"), href: "/events/e1/people", field: undefined });
  expect(said("desks[3].blocks[0]")).toMatchObject({ text: t("plan.fault_desk") });
  expect(said("seekers[2].meetings_min")).toEqual({ text: t("plan.fault_meetings"), href: undefined, field: "meetings-min" });
  expect(said("seekers[2].interpreter")).toMatchObject({ field: "interpreters" });
  expect(said("")).toMatchObject({ text: t("plan.fault_stopped") });
  expect(said("rules.unheard_of").text).toContain("rules.unheard_of");
});

it("says who or what it is about", () => {
  const message = "seeker 'Rana Låtsaskvist' needs 'sign_language'";

  expect(faultWords({ path: "seekers[1].interpreter", message }, "e1").text).toBe(
    `${t("plan.fault_interpreter")} (Rana Låtsaskvist, ${t("plan.sign_language")})`,
  );
});

it("a promise is rounded up, and nothing is nothing", () => {
  expect([0, -0.0000001, 0.0001, 0.02, 0.0201, 12].map((pct) => atMost(pct))).toEqual(["0", "0", "0,01", "0,02", "0,03", "12"]);
});
