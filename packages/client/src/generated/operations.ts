// Generated from spec/openapi.yaml. Do not edit: change the spec and build.

import type { SphereCall, SphereCallOptions } from "../call.ts";
import { json } from "../body.ts";
import { bearer } from "../credentials.ts";
import { hasAll, hasAny } from "../proof.ts";
import type { OperationDescription, Servers, SetCredential } from "../operation.ts";
import type { CreateCustomer, CreateKycLink, Customer, ErrorEnvelope, KycLink, TosLink } from "./schema.ts";

/** Base URL of each environment; the first is the default. */
export const environments = {
  sandbox: "https://api.sandbox.spherepay.co",
  production: "https://api.spherepay.co",
} as const satisfies Servers;

/** Where an error body holds the messages of each field, and the one that is about no field. */
export const errorBody = { fields: ["error"], general: ["error", "general"] } as const;

/** What puts each kind of credentials on a request. */
export const credentialSchemes = {
  apiKey: bearer,
} satisfies Record<string, SetCredential>;

/** The credentials that operations need where they say nothing else. */
export const documentSecurity: NonNullable<OperationDescription["security"]> = [["apiKey"]];

/** How each operation is sent. */
export const operationTable = {
  createCustomer: { method: "POST", path: "/v2/customer", write: json, proof: /* @__PURE__ */ hasAll("id") },
  createTosLink: {
    method: "POST",
    path: "/v2/customer/{customer_id}/tos-link",
    proof: /* @__PURE__ */ hasAny("link"),
  },
  createKycLink: {
    method: "POST",
    path: "/v2/customer/{customer_id}/kyc-link",
    write: json,
    proof: /* @__PURE__ */ hasAny("url", "expiresAt"),
  },
  getKycLink: {
    method: "GET",
    path: "/v2/customer/{customer_id}/kyc-link",
    proof: /* @__PURE__ */ hasAny("url", "expiresAt"),
  },
  getCustomer: {
    method: "GET",
    path: "/v2/customer/{customer_id}",
    proof: /* @__PURE__ */ hasAny("id", "type", "verificationProfiles"),
  },
} as const satisfies Record<string, OperationDescription>;

/** The credentials that a client is given. */
export interface SphereCredentials {
  /**
   * Your secret API key, sent as `Authorization: Bearer <key>`.
   *
   * It may be a function that returns it, which is asked before each attempt, so that keys can rotate.
   */
  apiKey: string | (() => string | Promise<string>) | undefined;
}

/** The parts of the servers' addresses that a client may choose. */
export interface SphereVariables {}

/** What each operation takes and answers. */
export interface OperationTypes {
  createCustomer: {
    arguments: NonNullable<Parameters<SphereOperations["createCustomer"]>[0]>;
    data: Customer;
    errors: {
      /** A field is missing or wrong. Mend the named fields and send the request again. */
      400: ErrorEnvelope;
      /** The API key is missing or not valid. Check the key, and that it belongs to this environment. */
      401: ErrorEnvelope;
      /** More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
      429: ErrorEnvelope;
    };
  };
  createTosLink: {
    arguments: NonNullable<Parameters<SphereOperations["createTosLink"]>[0]>;
    data: TosLink;
    errors: {
      /** The API key is missing or not valid. Check the key, and that it belongs to this environment. */
      401: ErrorEnvelope;
      /** There is no such customer for this key. Check the id, and the environment. */
      404: ErrorEnvelope;
      /** More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
      429: ErrorEnvelope;
    };
  };
  createKycLink: {
    arguments: NonNullable<Parameters<SphereOperations["createKycLink"]>[0]>;
    data: KycLink;
    errors: {
      /** A field is missing or wrong. The page prints one sentence that does not name it, so check all four. */
      400: ErrorEnvelope;
      /** The API key is missing or not valid. Check the key, and that it belongs to this environment. */
      401: ErrorEnvelope;
      /** There is no such customer for this key. Check the id, and the environment. */
      404: ErrorEnvelope;
      /** More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
      429: ErrorEnvelope;
    };
  };
  getKycLink: {
    arguments: NonNullable<Parameters<SphereOperations["getKycLink"]>[0]>;
    data: KycLink;
    errors: {
      /** The API key is missing or not valid. Check the key, and that it belongs to this environment. */
      401: ErrorEnvelope;
      /** There is no such customer for this key. Check the id, and the environment. */
      404: ErrorEnvelope;
      /** More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
      429: ErrorEnvelope;
    };
  };
  getCustomer: {
    arguments: NonNullable<Parameters<SphereOperations["getCustomer"]>[0]>;
    data: Customer;
    errors: {
      /** The API key is missing or not valid. Check the key, and that it belongs to this environment. */
      401: ErrorEnvelope;
      /** There is no such customer for this key. Check the id, and the environment. */
      404: ErrorEnvelope;
      /** More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
      429: ErrorEnvelope;
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
   *
   * @param request What is sent.
   * @param options Settings of this call.
   * @returns The customer was created.
   */
  createCustomer(
    request: {
      /** Who is onboarded, and where they live or are registered. */
      body: CreateCustomer;
    },
    options?: SphereCallOptions,
  ): SphereCall<Customer>;

  /**
   * Create terms-of-service link
   *
   * Makes an address at which the customer reads and accepts the terms of service. Lead the customer there. How
   * long a link lasts is not promised, so make it when it is needed.
   *
   * `POST /v2/customer/{customer_id}/tos-link`
   *
   * @param request What is sent.
   * @param options Settings of this call.
   * @returns The link was made.
   */
  createTosLink(
    request: {
      /** Parameters, by the place that they go to. */
      params: {
        /** Parameters in the path. */
        path: {
          /**
           * The customer's `id`, as its creation answered it.
           *
           * @example customer_d41608fae4d34d308f85bc3c2b6ca29a
           */
          customer_id: string;
        };
      };
    },
    options?: SphereCallOptions,
  ): SphereCall<TosLink>;

  /**
   * Create verification link
   *
   * Makes an address at which the customer proves who it is, with documents and a camera. It may be used before or after
   * the terms of service are accepted. What came of it is in the customer's profiles, not in the link.
   *
   * `POST /v2/customer/{customer_id}/kyc-link`
   *
   * @param request What is sent.
   * @param options Settings of this call.
   * @returns The link was made.
   */
  createKycLink(
    request: {
      /** Parameters, by the place that they go to. */
      params: {
        /** Parameters in the path. */
        path: {
          /**
           * The customer's `id`, as its creation answered it.
           *
           * @example customer_d41608fae4d34d308f85bc3c2b6ca29a
           */
          customer_id: string;
        };
      };
      /** Who will be verified. */
      body: CreateKycLink;
    },
    options?: SphereCallOptions,
  ): SphereCall<KycLink>;

  /**
   * Get verification link
   *
   * Answers with the verification link that was made for the customer. Reuse it until `expiresAt`.
   *
   * `GET /v2/customer/{customer_id}/kyc-link`
   *
   * @param request What is sent.
   * @param options Settings of this call.
   * @returns The link that was made.
   */
  getKycLink(
    request: {
      /** Parameters, by the place that they go to. */
      params: {
        /** Parameters in the path. */
        path: {
          /**
           * The customer's `id`, as its creation answered it.
           *
           * @example customer_d41608fae4d34d308f85bc3c2b6ca29a
           */
          customer_id: string;
        };
      };
    },
    options?: SphereCallOptions,
  ): SphereCall<KycLink>;

  /**
   * Get customer
   *
   * Answers with the customer as it is now. Ask again, with growing pauses, to see how its verification goes on: the
   * vendor's guide polls, and no page of these months says how a webhook for it is signed.
   *
   * `GET /v2/customer/{customer_id}`
   *
   * @param request What is sent.
   * @param options Settings of this call.
   * @returns The customer as it is now.
   */
  getCustomer(
    request: {
      /** Parameters, by the place that they go to. */
      params: {
        /** Parameters in the path. */
        path: {
          /**
           * The customer's `id`, as its creation answered it.
           *
           * @example customer_d41608fae4d34d308f85bc3c2b6ca29a
           */
          customer_id: string;
        };
      };
    },
    options?: SphereCallOptions,
  ): SphereCall<Customer>;
}
