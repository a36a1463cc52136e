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
  createTosLink: {"method":"post","path":"/v2/customer/{customer_id}/tos-link","required":["link"]},
  createKycLink: {"method":"post","path":"/v2/customer/{customer_id}/kyc-link","contentType":"application/json","required":["url","expiresAt"]},
  getKycLink: {"method":"get","path":"/v2/customer/{customer_id}/kyc-link","required":["url","expiresAt"]},
  getCustomer: {"method":"get","path":"/v2/customer/{customer_id}","required":["id","type","verificationProfiles"]},
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
  createTosLink: {
    arguments: { params: operations["createTosLink"]["parameters"] };
    data: operations["createTosLink"]["responses"][200]["content"]["application/json"];
    errors: {
      401: operations["createTosLink"]["responses"][401]["content"]["application/json"];
      404: operations["createTosLink"]["responses"][404]["content"]["application/json"];
      429: operations["createTosLink"]["responses"][429]["content"]["application/json"];
    };
  };
  createKycLink: {
    arguments: { body: NonNullable<operations["createKycLink"]["requestBody"]>["content"]["application/json"]; params: operations["createKycLink"]["parameters"] };
    data: operations["createKycLink"]["responses"][200]["content"]["application/json"];
    errors: {
      400: operations["createKycLink"]["responses"][400]["content"]["application/json"];
      401: operations["createKycLink"]["responses"][401]["content"]["application/json"];
      404: operations["createKycLink"]["responses"][404]["content"]["application/json"];
      429: operations["createKycLink"]["responses"][429]["content"]["application/json"];
    };
  };
  getKycLink: {
    arguments: { params: operations["getKycLink"]["parameters"] };
    data: operations["getKycLink"]["responses"][200]["content"]["application/json"];
    errors: {
      401: operations["getKycLink"]["responses"][401]["content"]["application/json"];
      404: operations["getKycLink"]["responses"][404]["content"]["application/json"];
      429: operations["getKycLink"]["responses"][429]["content"]["application/json"];
    };
  };
  getCustomer: {
    arguments: { params: operations["getCustomer"]["parameters"] };
    data: operations["getCustomer"]["responses"][200]["content"]["application/json"];
    errors: {
      401: operations["getCustomer"]["responses"][401]["content"]["application/json"];
      404: operations["getCustomer"]["responses"][404]["content"]["application/json"];
      429: operations["getCustomer"]["responses"][429]["content"]["application/json"];
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

  /**
   * Create terms-of-service link
   *
   * Makes an address at which the customer reads and accepts the terms of service. Lead the customer there. How
   * long a link lasts is not promised, so make it when it is needed.
   *
   * `POST /v2/customer/{customer_id}/tos-link`
   */
  createTosLink(request: OperationTypes["createTosLink"]["arguments"], options?: SphereCallOptions): SphereCall<OperationTypes["createTosLink"]["data"]>;

  /**
   * Create verification link
   *
   * Makes an address at which the customer proves who it is, with documents and a camera. It may be used before or after
   * the terms of service are accepted. What came of it is in the customer's profiles, not in the link.
   *
   * `POST /v2/customer/{customer_id}/kyc-link`
   */
  createKycLink(request: OperationTypes["createKycLink"]["arguments"], options?: SphereCallOptions): SphereCall<OperationTypes["createKycLink"]["data"]>;

  /**
   * Get verification link
   *
   * Answers with the verification link that was made for the customer. Reuse it until `expiresAt`.
   *
   * `GET /v2/customer/{customer_id}/kyc-link`
   */
  getKycLink(request: OperationTypes["getKycLink"]["arguments"], options?: SphereCallOptions): SphereCall<OperationTypes["getKycLink"]["data"]>;

  /**
   * Get customer
   *
   * Answers with the customer as it is now. Ask again, with growing pauses, to see how its verification goes on: the
   * vendor's guide polls, and no page of these months says how a webhook for it is signed.
   *
   * `GET /v2/customer/{customer_id}`
   */
  getCustomer(request: OperationTypes["getCustomer"]["arguments"], options?: SphereCallOptions): SphereCall<OperationTypes["getCustomer"]["data"]>;
}
