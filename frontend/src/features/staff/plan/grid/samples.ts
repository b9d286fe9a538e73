/** Small plans for tests. */
import type { Grid, GridDesk, GridMeeting, GridSeeker, GridSlot } from "../../types";

export function slot(id: string, hour: string, end: string): GridSlot {
  return { id, starts_at: `2026-12-08T${hour}:00Z`, ends_at: `2026-12-08T${end}:00Z` };
}
export const SLOTS = [slot("s1", "08:00", "08:15"), slot("s2", "08:15", "08:30"), slot("s3", "09:00", "09:15")];

export function desk(id: string, change: Partial<GridDesk> = {}): GridDesk {
  return {
    id, number: 1, organisation_id: `org-${id}`, employer_name: id, recruiter_id: `rec-${id}`, recruiter_name: "Eva",
    station_id: null, station_name: null, form: "video", on_duty_from: "2026-12-08T08:00:00Z",
    on_duty_until: "2026-12-08T09:15:00Z", is_locked: false, ...change,
  };
}

export function meeting(id: string, deskId: string, slotId: string, seeker: string): GridMeeting {
  const ends_at = SLOTS.find((one) => one.id === slotId)?.ends_at ?? null;
  return {
    id, desk_id: deskId, slot_id: slotId, ends_at, seeker_id: seeker, seeker_name: seeker, form: "video", state: "booked",
    is_pinned: false,
  };
}

export function seeker(change: Partial<GridSeeker> = {}): GridSeeker {
  return {
    id: "leila", name: "Leila Hagström", form: null, available_from: null, available_until: null, takes_two: false, meetings: 0,
    wishes_left: [], ...change,
  };
}

export function grid(change: Partial<Grid> = {}): Grid {
  return {
    event: {} as Grid["event"], slots: SLOTS, desks: [desk("d1"), desk("d2")], meetings: [], unplaced: [], conflicts: [], absences: [],
    seekers: 0, ...change,
  };
}
