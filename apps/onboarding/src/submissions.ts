const lifetime = 60 * 60 * 1000;
const capacity = 10_000;

interface Form<Result> {
  session: string;
  expires: number;
  result?: Promise<Result> | undefined;
}

/**
 * Forms that can be sent once, and what came of them, for an hour and in memory only.
 *
 * Each has a random token that works only together with the session that opened it. When memory runs full the oldest
 * are forgotten: an unknown token is refused, so forgetting one never sends a form twice.
 */
export class Submissions<Result> {
  readonly #forms = new Map<string, Form<Result>>();

  /** The token of a new form. */
  open(session: string): string {
    this.#forgetOld();
    const token = crypto.randomUUID();
    this.#forms.set(token, { session, expires: Date.now() + lifetime });
    return token;
  }

  /**
   * Runs `send` once for each form: a second call gets the result of the first, also while that is under way. When
   * `send` throws, the form can be sent again. Undefined when the session has no such form.
   */
  send(session: string, token: string, send: () => Promise<Result>): Promise<Result> | undefined {
    const form = this.#find(session, token);
    if (!form) return undefined;
    form.result ??= send().catch((error: unknown) => {
      form.result = undefined;
      throw error;
    });
    return form.result;
  }

  /** What came of a form; undefined when the session has not sent it. */
  result(session: string, token: string): Promise<Result> | undefined {
    return this.#find(session, token)?.result;
  }

  #find(session: string, token: string): Form<Result> | undefined {
    const form = this.#forms.get(token);
    return form?.session === session && form.expires > Date.now() ? form : undefined;
  }

  #forgetOld(): void {
    // A Map keeps the order of insertion, so the oldest come first.
    for (const [token, form] of this.#forms) {
      if (form.expires > Date.now() && this.#forms.size < capacity) return;
      this.#forms.delete(token);
    }
  }
}
