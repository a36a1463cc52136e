import type { Client } from "openapi-fetch";
import { createSphereClient, type SphereClientOptions } from "./client.ts";
import type { paths } from "./generated/schema.ts";

/** The openapi-fetch client, for every path of the spec. */
export function createSphereHttp(options: SphereClientOptions): Client<paths> {
  return createSphereClient(options).http;
}
