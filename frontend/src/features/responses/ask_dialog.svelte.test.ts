import { flushSync, mount, unmount } from "svelte";
import { beforeAll, expect, test } from "vitest";
import { loadWords, startWords } from "../../lib/i18n.svelte";
import AskDialog from "./AskDialog.svelte";

beforeAll(async () => {
  await startWords();
  await loadWords("seeker");
});

test("what somebody is writing stays when the page behind is read anew", async () => {
  const props = $state({
    what: "dispute" as const,
    name: "Jonas",
    text: "Förut",
    shared: false,
    busy: false,
    onclose: () => undefined,
    onsend: () => Promise.resolve(),
  });
  const dialog = mount(AskDialog, { target: document.body, props });
  flushSync();
  const words = document.querySelector("textarea")!;
  expect(words.value).toBe("Förut");

  words.value = "Jag berättade om det";
  words.dispatchEvent(new Event("input", { bubbles: true }));
  Object.assign(props, { text: "Från servern", shared: true });
  flushSync();

  expect(words.value).toBe("Jag berättade om det");
  expect(document.querySelector<HTMLInputElement>("input[type=checkbox]")?.checked).toBe(false);
  await unmount(dialog);
});
