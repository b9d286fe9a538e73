import { afterEach, expect, test } from "vitest";
import { followOtherWindows, loadWords, locale, setLocale, startWords, t } from "./i18n.svelte";

afterEach(async () => {
  await setLocale("sv");
});

test("a page that opens while the language changes does not bring the old one back", async () => {
  await startWords();
  const change = setLocale("en");
  const opening = loadWords("seeker");

  await Promise.all([change, opening]);

  expect(locale()).toBe("en");
  expect(document.documentElement.lang).toBe("en");
  expect(t("my_day.about_job")).toBe("Read about the job");
});

test("the language chosen last is the one shown", async () => {
  await Promise.all([setLocale("en"), setLocale("sv"), setLocale("en")]);

  expect(locale()).toBe("en");
});

test("a language chosen in another window is followed", async () => {
  followOtherWindows();

  dispatchEvent(new StorageEvent("storage", { key: "direktkontakt.locale", newValue: "en" }));

  await expect.poll(locale).toBe("en");
});
