import { describe, expect, it } from "vitest";
import { faultsFrom, faultsOf, NO_RULES, rulesOf, written } from "./options";

const RULES = { ...NO_RULES, rest_slots: 1, interpreters: { sign_language: 2 }, target_age_bands: { under_25: 5 } };

describe("what is chosen for a plan", () => {
  it("comes back as it was, with what the form does not show", () => {
    expect(rulesOf(written(RULES, 6), RULES)).toEqual(RULES);
    expect(faultsOf(written(RULES, 6))).toEqual([]);
  });

  it("is wrong in each field that is", () => {
    const form = { ...written(RULES, 6), meetings_max: "0", rest_slots: "13", video_rooms: "-1", zone_change_slots: "en" };

    expect(faultsOf(form).map((fault) => fault.id)).toEqual(["meetings-max", "rest-slots", "zone-change-slots", "video-rooms"]);
  });

  it("must leave room between the least and the most", () => {
    expect(faultsOf({ ...written(RULES, 2), meetings_min: "3" })).toEqual([{ id: "meetings-min", key: "plan.need_min_below_max" }]);
  });

  it("names each kind of interpreter once, with a number", () => {
    const twice = [{ kind: "arabiska", number: "1" }, { kind: " arabiska ", number: "2" }];
    const without = [{ kind: "arabiska", number: "" }, { kind: "", number: "" }];

    expect(faultsOf({ ...written(RULES, 6), interpreters: twice }).map((fault) => fault.key)).toEqual(["plan.need_kinds_apart"]);
    expect(faultsOf({ ...written(RULES, 6), interpreters: without }).map((fault) => fault.key)).toEqual(["plan.need_interpreters"]);
    expect(rulesOf({ ...written(RULES, 6), interpreters: [{ kind: "", number: "" }] }, RULES).interpreters).toEqual({});
  });

  it("is told of at the field when the server refuses it", () => {
    const told = [{ path: "rest_slots", message: "" }, { path: "interpreters.x", message: "" }, { path: "unknown", message: "" }];

    expect(faultsFrom(told).map((fault) => fault.id)).toEqual(["rest-slots", "interpreters"]);
  });
});
