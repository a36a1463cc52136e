export { createSphereClient } from "./client.ts";
export type { SphereClient } from "./client.ts";
export type { SphereClientOptions, SphereEnvironment } from "./options.ts";
export type { SphereAttempt } from "./transport.ts";
export type { SphereCall, SphereCallOptions } from "./call.ts";
export {
  isSphereApiError,
  SphereAbortError,
  SphereApiError,
  SphereConnectionError,
  SphereError,
  SphereTimeoutError,
} from "./errors.ts";
export type { FieldErrors, OperationId } from "./errors.ts";
export type { Outcome } from "./outcome.ts";
export type { OperationTypes, SphereOperations } from "./generated/operations.ts";
/** The schemas of the API by name, and `paths`, `operations` and `components` as openapi-typescript makes them. */
export type * from "./generated/schema.ts";
