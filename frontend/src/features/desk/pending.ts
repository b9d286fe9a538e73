/** Scorecards sent without a line: they wait on this device, also after a reload, and go when there is one. */
import { api } from "../../lib/api";
import { asProblem } from "../../lib/problem";
import { merge, same, tidy } from "./answers";
import { forget, keep, kept, meetingsKept, type Kept } from "./kept";
import type { Scorecard } from "./types";

export type SendPorts = {
  save(meetingId: string, version: number, answers: object): Promise<{ version: number }>;
  read(meetingId: string): Promise<Scorecard | null>;
  send(meetingId: string, key: string): Promise<unknown>;
};
export type Outcome = "sent" | "waiting" | "refused";

export const SERVER: Omit<SendPorts, "read"> = {
  save: (id, version, answers) => api.put(`/api/meetings/${id}/scorecard`, { version, answers }, { retryAfterMs: [] }),
  send: (id, key) => api.post(`/api/meetings/${id}/scorecard/send`, undefined, { key, retryAfterMs: [] }),
};

/** Meetings whose scorecard waits here to be sent. */
export function pending(): string[] {
  return meetingsKept().filter((id) => kept(id)?.send);
}

/** Send what waits for one meeting. What the server refuses stays as a draft, and is the recruiter's to look at. */
export async function sendPending(meetingId: string, ports: SendPorts): Promise<Outcome> {
  const draft = kept(meetingId);
  if (!draft?.send) return "sent";
  try {
    keep(meetingId, await saved(meetingId, draft, ports));
    await ports.send(meetingId, draft.send);
    forget(meetingId);
    return "sent";
  } catch (error) {
    const problem = asProblem(error);
    if (problem.isOffline || problem.status >= 500) return "waiting";
    if (problem.extras.reason === "NotADraft") {
      // An earlier try got through and its answer did not.
      forget(meetingId);
      return "sent";
    }
    const { send: _, ...rest } = kept(meetingId) ?? draft;
    keep(meetingId, rest);
    return "refused";
  }
}

/** The draft with the server. Where somebody, perhaps an earlier try, saved meanwhile, both become one. */
async function saved(meetingId: string, draft: Kept, ports: SendPorts): Promise<Kept> {
  try {
    const { version } = await ports.save(meetingId, draft.version, draft.answers);
    return { ...draft, base: draft.answers, version };
  } catch (error) {
    const theirs = asProblem(error).name === "DraftConflict" ? await ports.read(meetingId) : null;
    if (!theirs) throw error;
    const answers = merge(draft.base, draft.answers, tidy(theirs.answers));
    if (same(answers, tidy(theirs.answers))) return { ...draft, answers, base: answers, version: theirs.version };
    const { version } = await ports.save(meetingId, theirs.version, answers);
    return { ...draft, answers, base: answers, version };
  }
}
