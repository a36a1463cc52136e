import { STATUS_CODES } from "node:http";

/** An error that is an answer (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  /** What kind of problem it is: a URI. */
  readonly type: string;
  /** Headers of the answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** More members of its body. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    title: string,
    detail: string,
    type: string,
    headers: Readonly<Record<string, string>> = {},
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.status = status;
    this.title = title;
    this.type = type;
    this.headers = headers;
    this.more = more;
  }
}

/** The names of statuses that Node knows by older ones (RFC 9110, sections 15.5.14 and 15.5.21). */
const NAMES: Readonly<Record<number, string>> = { 413: "Content Too Large", 422: "Unprocessable Content" };

/** An error with a status and a sentence; without one, the name of the status says it all. */
export function problem(status: number, detail?: string, headers?: Readonly<Record<string, string>>): Problem {
  const name = NAMES[status] ?? STATUS_CODES[status] ?? `Status ${status}`;
  return new Problem(status, name, detail ?? name, "about:blank", headers);
}

/** An error of Prism's kinds, whose `type` ends in a name of theirs. */
export function problemOfPrism(
  name: string,
  status: number,
  title: string,
  detail: string,
  headers?: Readonly<Record<string, string>>,
  more?: Readonly<Record<string, unknown>>,
): Problem {
  return new Problem(status, title, detail, `https://stoplight.io/prism/errors#${name}`, headers, more);
}

/** What to answer to an error: a problem as it is, one of Prism in our form, and to any other that the mock failed. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isOfPrism(error)) {
    const { headers, ...more } = error.additional ?? {};
    return new Problem(error.status, error.message, error.detail, error.name, headers as Record<string, string>, more);
  }
  console.error("The mock failed to answer a request:", error);
  return problem(500, "The mock failed to answer this request");
}

interface ProblemOfPrism extends Error {
  readonly status: number;
  readonly detail: string;
  readonly additional?: Readonly<Record<string, unknown>>;
}

function isOfPrism(error: unknown): error is ProblemOfPrism {
  return error instanceof Error && "status" in error && "detail" in error;
}
