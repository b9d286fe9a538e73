import { expect, test } from "vitest";
import { linked } from "./links";

const HERE = "http://localhost:8000";

test("an address of our own becomes a path, another stays whole, text stays text", () => {
  expect(linked("Öppna http://localhost:8000/j/abc?x=1 eller https://exempel.se/a.", HERE)).toEqual([
    { text: "Öppna " },
    { text: "http://localhost:8000/j/abc?x=1", href: "/j/abc?x=1" },
    { text: " eller " },
    { text: "https://exempel.se/a", href: "https://exempel.se/a" },
    { text: "." },
  ]);
});

test("only http and https become links", () => {
  expect(linked("javascript:alert(1) ftp://x", HERE)).toEqual([{ text: "javascript:alert(1) ftp://x" }]);
});
