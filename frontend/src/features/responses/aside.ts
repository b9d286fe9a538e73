/** The feedback that somebody has put aside to read another day. */
import { api } from "../../lib/api";
import type { MyResponses } from "./types";

/** Its ids; none when they cannot be read, since no page depends on them. */
export async function putAside(): Promise<ReadonlySet<string>> {
  try {
    const { responses } = await api.get<MyResponses>("/api/my/responses");
    return new Set(responses.filter((one) => one.later_at).map((one) => one.feedback_id));
  } catch {
    return new Set();
  }
}
