import { expect, test } from "vitest";
import { match } from "./router.svelte";

test.each([
  ["/", "/", {}],
  ["/my-day", "/my-day", {}],
  ["/my-day", "/my-day/", {}],
  ["/j/:token", "/j/a%20b", { token: "a b" }],
  ["/events/:id/plan", "/events/7/plan", { id: "7" }],
])("%s fits %s", (pattern, path, params) => {
  expect(match(pattern, path)).toEqual(params);
});

test.each([
  ["/my-day", "/"],
  ["/j/:token", "/j/"],
  ["/events/:id/plan", "/events/7/live"],
  ["/meeting/:id", "/meeting/7/room"],
])("%s does not fit %s", (pattern, path) => {
  expect(match(pattern, path)).toBe(null);
});

test("a parameter that is not well encoded is kept as it stands", () => {
  expect(match("/j/:token", "/j/%zz")).toEqual({ token: "%zz" });
});
