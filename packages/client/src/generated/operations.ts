// Generated from spec/openapi.yaml. Do not edit: change the spec and build.

import type { SphereCall, SphereCallOptions } from "../call.ts";
import type { operations } from "./schema.ts";

/** Base URL of each environment; the first is the default. */
export const environments = {
  sandbox: "https://api.sandbox.spherepay.co",
  production: "https://api.spherepay.co",
} as const;

/** Where an error body holds the messages of each field, and the one that is about no field. */
export const errorBody = {"fields":["error"],"general":["error","general"]} as const;

/** How each operation is sent. */
export const operationTable = {
  createCustomer: {"method":"post","path":"/v2/customer","contentType":"application/json","required":["id","type","verificationProfiles"]},
} as const;

/** What each operation takes and answers. */
export interface OperationTypes {
  createCustomer: {
    arguments: { body: NonNullable<operations["createCustomer"]["requestBody"]>["content"]["application/json"] };
    data: operations["createCustomer"]["responses"][200]["content"]["application/json"];
    errors: {
      400: operations["createCustomer"]["responses"][400]["content"]["application/json"];
      401: operations["createCustomer"]["responses"][401]["content"]["application/json"];
      429: operations["createCustomer"]["responses"][429]["content"]["application/json"];
    };
  };
}

/** The operations, as methods. */
export interface SphereOperations {
  /**
   * Create customer
   *
   * Creates an individual or a business and answers with its verification profiles: what has been verified, what
   * is under review, and what is still required.
   *
   * The API documents no idempotency key, so sending the same body twice creates two customers. After a timeout
   * or a lost connection, find out whether the first attempt arrived before you send a second one.
   *
   * `POST /v2/customer`
   */
  createCustomer(request: OperationTypes["createCustomer"]["arguments"], options?: SphereCallOptions): SphereCall<OperationTypes["createCustomer"]["data"]>;
}
