/** What the server answers when it refuses: an RFC 9457 problem; clients branch on `name`, never on the text. */
export type FieldProblem = { path: string; message: string };

export class Problem extends Error {
  /** The last word of `urn:direktkontakt:problem:Name`; `Offline` when no answer came at all. */
  override readonly name: string;
  readonly status: number;
  readonly detail: string;
  readonly fields: FieldProblem[];
  readonly extras: Record<string, unknown>;

  constructor(name: string, status: number, detail = "", fields: FieldProblem[] = [], extras = {}) {
    super(detail || name);
    this.name = name;
    this.status = status;
    this.detail = detail;
    this.fields = fields;
    this.extras = extras;
  }

  get isOffline(): boolean {
    return this.name === "Offline";
  }
}

/** The problem in an answer's body, whatever the body is. */
export function problemFrom(status: number, body: unknown): Problem {
  if (typeof body !== "object" || body === null) return new Problem(`Http${status}`, status);
  const { type, detail, fields, title: _title, status: _status, ...extras } = body as Record<string, unknown>;
  const name = typeof type === "string" ? (type.split(":").at(-1) ?? "") : "";
  return new Problem(
    name || `Http${status}`,
    status,
    typeof detail === "string" ? detail : "",
    Array.isArray(fields) ? (fields as FieldProblem[]) : [],
    extras,
  );
}

/** Any thrown thing as a problem. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem("Unexpected", 0, String(error));
}
