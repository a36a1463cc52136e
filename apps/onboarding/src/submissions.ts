/** How long a form is known after it was opened or sent, in milliseconds. */
export const lifetime = 60 * 60 * 1000;
const capacity = 10_000;

/** A form that was opened, and what came of it once it was sent. */
export interface Form<Result> {
  session: string;
  /** Milliseconds since 1970. */
  expires: number;
  result?: Result;
}

/**
 * Forms that can be sent once, and what came of them, for an hour each.
 *
 * Each has a random token that works only together with the session that opened it. When there are too many, the
 * oldest are forgotten: an unknown token is refused, so forgetting one never sends a form twice.
 */
export class Submissions<Result> {
  readonly #forms: Map<string, Form<Result>>;
  readonly #underWay = new Map<string, Promise<Result>>();

  /** @param forms where forms are kept: in memory, or in a Map that outlives the process */
  constructor(forms: Map<string, Form<Result>>) {
    this.#forms = forms;
  }

  /** The token of a new form. */
  open(session: string): string {
    this.#forgetOld();
    const now = Date.now();
    // The time comes first, so that stored forms sort from old to new.
    const token = `${now.toString(36)}-${crypto.randomUUID()}`;
    this.#forms.set(token, { session, expires: now + lifetime });
    return token;
  }

  /** Whether the session has opened this form. */
  has(session: string, token: string): boolean {
    return this.#find(session, token) !== undefined;
  }

  /**
   * Runs `send` once for each form: a second call gets the result of the first, also while that is under way. When
   * `send` rejects, the form can be sent again. Undefined when the session has no such form.
   *
   * @param ifLost the result should the process end before `send` does
   */
  send(session: string, token: string, ifLost: Result, send: () => Promise<Result>): Promise<Result> | undefined {
    const form = this.#find(session, token);
    if (!form || form.result) return this.result(session, token);
    // For another hour: what comes of a form that was open for long has to be seen as well.
    const sent = { session, expires: Date.now() + lifetime };
    // The last now to expire.
    this.#forms.delete(token);
    // Before anything is sent, so that no crash can make the form look new.
    this.#forms.set(token, { ...sent, result: ifLost });
    const sending = send()
      .then(
        (result) => {
          this.#forms.set(token, { ...sent, result });
          return result;
        },
        (error: unknown) => {
          this.#forms.set(token, sent);
          throw error;
        },
      )
      .finally(() => this.#underWay.delete(token));
    this.#underWay.set(token, sending);
    return sending;
  }

  /** What came of a form, once it is known; undefined when the session has not sent it. */
  result(session: string, token: string): Promise<Result> | undefined {
    const result = this.#find(session, token)?.result;
    return result && (this.#underWay.get(token) ?? Promise.resolve(result));
  }

  #find(session: string, token: string): Form<Result> | undefined {
    const form = this.#forms.get(token);
    return form?.session === session && form.expires > Date.now() ? form : undefined;
  }

  #forgetOld(): void {
    // A Map keeps the order of insertion, so the first to expire come first.
    for (const [token, form] of this.#forms) {
      if (form.expires > Date.now() && this.#forms.size < capacity) return;
      this.#forms.delete(token);
    }
  }
}
