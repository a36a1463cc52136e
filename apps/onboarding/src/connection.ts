import { createSphereClient, type SphereClient, type SphereEnvironment } from "@spherepay/client";

/** Which API the app talks to. */
export interface ConnectionOptions {
  /** The secret key that the app calls the API with. It never leaves the server. */
  apiKey: string;
  /** Address of the API. @default that of the environment */
  baseUrl?: string | undefined;
  /** Which API the app talks to, and what its pages call it. @default "sandbox", or the host of `baseUrl` */
  environment?: SphereEnvironment | "mock" | undefined;
}

/** The environment variables that decide. A variable that is empty counts as not set. */
export type Variables = Partial<
  Record<"SPHERE_API_KEY" | "SPHERE_BASE_URL" | "SPHERE_ENVIRONMENT", string | null | undefined>
>;

/** What environment variables say: the mock, unless there is a key or an address. */
export function optionsFrom({ SPHERE_API_KEY, SPHERE_BASE_URL, SPHERE_ENVIRONMENT }: Variables): ConnectionOptions {
  return {
    // The mock takes any key.
    apiKey: SPHERE_API_KEY || "no-key-for-the-mock",
    baseUrl: SPHERE_BASE_URL || undefined,
    environment:
      (SPHERE_ENVIRONMENT as ConnectionOptions["environment"]) ||
      (SPHERE_API_KEY || SPHERE_BASE_URL ? undefined : "mock"),
  };
}

/** The client, and what the pages call the place that it talks to. Throws a TypeError when an option is wrong. */
export function connect(options: ConnectionOptions): { sphere: SphereClient; environment: string } {
  const { apiKey, environment } = options;
  const isMock = environment === "mock";
  const baseUrl = options.baseUrl ?? (isMock ? "http://127.0.0.1:4010" : undefined);
  const sphere = createSphereClient({ apiKey, baseUrl, environment: isMock ? undefined : environment });
  return { sphere, environment: environment ?? (baseUrl === undefined ? "sandbox" : new URL(baseUrl).host) };
}
