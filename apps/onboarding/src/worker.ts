/** The app on workerd, in one Durable Object: isolates share no memory, and a form must be known wherever it is sent. */
import { createApp, type Submission } from "./app.ts";
import type { BrowserFiles } from "./browser-files.ts";
import { connect, optionsFrom, type Variables } from "./connection.ts";
import { lifetime, type Form } from "./submissions.ts";

/** The part of the storage of a Durable Object that is used here. */
interface Storage {
  kv: {
    list(): Iterable<[string, Form<Submission>]>;
    put(key: string, value: Form<Submission>): void;
    delete(key: string): boolean;
  };
  setAlarm(time: number): Promise<void>;
  deleteAll(): Promise<void>;
}

/** What `workerd.capnp` binds. */
interface Environment extends Variables, BrowserFiles {
  ONBOARDING: { getByName(name: string): { fetch(request: Request): Promise<Response> } };
}

/** Keeps what it holds in storage as well. The runtime lets nothing out to the API before that is on disk. */
class StoredForms extends Map<string, Form<Submission>> {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    super();
    for (const [token, form] of storage.kv.list()) super.set(token, form);
    this.#storage = storage;
  }

  override set(token: string, form: Form<Submission>): this {
    this.#storage.kv.put(token, form);
    // By then every form has expired.
    void this.#storage.setAlarm(Date.now() + lifetime);
    return super.set(token, form);
  }

  override delete(token: string): boolean {
    this.#storage.kv.delete(token);
    return super.delete(token);
  }
}

/** The one object in which the app runs. */
export class Onboarding {
  readonly #storage: Storage;
  readonly #forms: StoredForms;
  readonly #app: ReturnType<typeof createApp>;

  constructor({ storage }: { storage: Storage }, environment: Environment) {
    this.#storage = storage;
    this.#forms = new StoredForms(storage);
    this.#app = createApp({ ...connect(optionsFrom(environment)), browserFiles: environment, forms: this.#forms });
  }

  fetch(request: Request): Response | Promise<Response> {
    return this.#app.fetch(request);
  }

  /** Called by the runtime when nothing has changed for as long as a form lives. */
  async alarm(): Promise<void> {
    this.#forms.clear();
    await this.#storage.deleteAll();
  }
}

export default {
  fetch: (request: Request, environment: Environment): Promise<Response> =>
    environment.ONBOARDING.getByName("onboarding").fetch(request),
};
