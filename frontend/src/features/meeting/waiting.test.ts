import { beforeAll, expect, test } from "vitest";
import { loadWords, startWords } from "../../lib/i18n.svelte";
import type { MyMeeting, QueuePlace } from "../../lib/types";
import { waitingHeading, waitRange, waitReason } from "./waiting.svelte";

const NOW = Date.parse("2026-11-24T08:48:00Z");
const QUEUE: QueuePlace = {
  position: 2,
  ahead: 1,
  wait_min_s: 370,
  wait_max_s: 530,
  reason: "previous_started_late",
  desk_is_open: true,
  meeting_running: true,
};

function meeting(queue: Partial<QueuePlace> | null, changes: Partial<MyMeeting> = {}): MyMeeting {
  return {
    state: "booked",
    starts_at: "2026-11-24T09:00:00Z",
    event: { id: "e", name: "IT-dagen", place: "Sal B", zone: "Europe/Stockholm" },
    queue: queue && { ...QUEUE, ...queue },
    ...changes,
  } as MyMeeting;
}

beforeAll(async () => {
  await startWords();
  await loadWords("room");
});

test.each([
  [meeting({}), "Du är tvåa i kön"],
  [meeting({ position: 1, ahead: 0 }), "Du är först i kön"],
  [meeting({ position: 1, ahead: 0, meeting_running: false }), "Du är näst på tur"],
  [meeting({ position: 14, ahead: 13 }), "Du är nummer 14 i kön"],
  [meeting(null), "Mötet börjar kl.\u00a010.00"],
  [meeting({}, { starts_at: "2026-11-24T12:00:00Z" }), "Mötet börjar kl.\u00a013.00"],
  [meeting({}, { starts_at: null }), "Du är tvåa i kön"],
  [meeting({}, { state: "late" }), "Du är väntad nu"],
])("the heading says where one stands (%#)", (one, heading) => {
  expect(waitingHeading(one, NOW)).toBe(heading);
});

test.each([
  [meeting({}), "6–9 minuter"],
  [meeting({ wait_min_s: 300, wait_max_s: 300 }), "Ungefär 5 minuter"],
  [meeting({ wait_min_s: 0, wait_max_s: 40 }), "Strax"],
  [meeting({ wait_min_s: null, wait_max_s: null }), ""],
  [meeting(null), ""],
])("waiting is a range, or nothing when nobody can know (%#)", (one, range) => {
  expect(waitRange(one)).toBe(range);
});

test("the wait has a reason", () => {
  expect(waitReason(meeting({}))).toBe("Mötet före dig började sent.");
  expect(waitReason(meeting({ reason: "not_yet_time" }))).toBe("Din tid är kl.\u00a010.00.");
  expect(waitReason(meeting(null))).toBe("");
});
