// Generated from spec/openapi.yaml. Do not edit: change the spec and build.

/**
 * The type of customer that can be onboarded.
 *
 * @example individual
 */
export type CustomerType = "individual" | "business";

/** The customer's address. */
export type Address = {
  /**
   * Street and house number.
   *
   * @example 123 Main St
   */
  line1?: string;
  /**
   * Flat, suite or floor.
   *
   * @example Apt 1
   */
  line2?: string;
  /**
   * City or town.
   *
   * @example Anytown
   */
  city?: string;
  /**
   * Postal code, as text so that leading zeros survive.
   *
   * @example 12345
   */
  postalCode?: string;
  /**
   * State, province or region. In the United States, the two-letter code.
   *
   * @example CA
   */
  state: string;
  /**
   * Country, as its ISO 3166-1 alpha-3 code.
   *
   * @example USA
   */
  country: string;
};

/** The customer to create. */
export type CreateCustomer = {
  /**
   * The type of customer that can be onboarded.
   *
   * @example individual
   */
  type: CustomerType;
  /** The customer's address. */
  address: Address;
};

/**
 * Name of a check. The vendor's own pages disagree on the full list, so treat it as open.
 *
 * @example terms_of_service
 * @example proof_of_address
 */
export type CriterionName = string;

/** A check that failed. */
export type CriterionError = {
  /**
   * Name of a check. The vendor's own pages disagree on the full list, so treat it as open.
   *
   * @example terms_of_service
   * @example proof_of_address
   */
  name: CriterionName;
  /**
   * Why it failed, in words for a person.
   *
   * @example ID DOCS IS BLURRY
   */
  message: string;
};

/** The profile's checks by state. Absent once nothing is left to check. */
export type VerificationCriteria = {
  /**
   * Checks that have passed.
   *
   * @example ["email_address"]
   */
  complete: CriterionName[];
  /**
   * Checks that are under review.
   *
   * @example ["residential_address"]
   */
  pending: CriterionName[];
  /**
   * Checks for which the customer still has to provide something.
   *
   * @example ["terms_of_service", "photo_id"]
   */
  required: CriterionName[];
  /** Checks that failed, each with the reason. */
  errors: CriterionError[];
};

/** A set of checks and how far the customer has come with it. */
export type VerificationProfile = {
  /**
   * Name of the profile. New names may appear, so treat it as open.
   *
   * @example kyc_profile_a
   * @example kyc_profile_b
   */
  name: string;
  /**
   * State of the profile as a whole. A new customer starts at `incomplete`; other values may appear.
   *
   * @example incomplete
   * @example approved
   */
  status: string;
  /** The profile's checks by state. Absent once nothing is left to check. */
  criteria?: VerificationCriteria;
};

/** A customer and what is known of its verification. */
export type Customer = {
  /**
   * Identifies the customer in every later call.
   *
   * @example customer_d41608fae4d34d308f85bc3c2b6ca29a
   */
  id: string;
  /**
   * The type of customer that can be onboarded.
   *
   * @example individual
   */
  type: CustomerType;
  /**
   * Email address, once it is known.
   *
   * @example johndoe123@gmail.com
   */
  email?: string;
  /**
   * First name, once it is known.
   *
   * @example John
   */
  firstName?: string;
  /**
   * Last name, once it is known.
   *
   * @example Doe
   */
  lastName?: string;
  /** One entry for each set of checks that the customer can pass. Each opens its own payment methods. */
  verificationProfiles: VerificationProfile[];
  /**
   * Values of your own that are kept with the customer. No page of these months says how they are set.
   *
   * @example { string: "string" }
   */
  meta?: { [name: string]: unknown };
};

/**
 * What went wrong, by top-level field of the request, or under `general`.
 *
 * @example { address: ["Required"] }
 */
export type ErrorMessages = {
  /**
   * What went wrong, when no single field is to blame.
   *
   * @example Customer not found
   */
  general?: string;
  [name: string]: string[] | string | undefined;
};

/** The envelope of every error. */
export type ErrorEnvelope = {
  /**
   * When the API answered, in UTC.
   *
   * @format date-time
   * @example 2025-04-20T00:09:16.870Z
   */
  ts: string;
  /**
   * What went wrong, by top-level field of the request, or under `general`.
   *
   * @example { address: ["Required"] }
   */
  error: ErrorMessages;
};

/** Where a customer accepts the terms of service. */
export type TosLink = {
  /**
   * Address of the page, with a token that stands for the customer. Treat it as a secret of the customer.
   *
   * @format uri
   * @example https://staging.spherepay.co/tos?token=placeholder
   */
  link: string;
};

/** Where a customer proves who it is. */
export type KycLink = {
  /**
   * Address of the page. Treat it as a secret of the customer.
   *
   * @format uri
   * @example https://in.sumsub.com/websdk/p/sbx_gq9t7z0Zf6agMcbn
   */
  url: string;
  /**
   * When the link ends, in UTC.
   *
   * @format date-time
   * @example 2025-04-27T02:35:18.842Z
   */
  expiresAt: string;
};

/** Who will be verified. */
export type CreateKycLink = {
  /**
   * The type of customer that can be onboarded.
   *
   * @example individual
   */
  type: CustomerType;
  /**
   * First name. A business has to give one too; no page says whose.
   *
   * @example Jane
   */
  firstName: string;
  /**
   * Last name, as for `firstName`.
   *
   * @example Doe
   */
  lastName: string;
  /**
   * Address at which that person is reached.
   *
   * @format email
   * @example janedoe123@gmail.com
   */
  email: string;
};

/** The schemas, by the names that they have in the document. */
export interface components {
  schemas: {
    CustomerType: CustomerType;
    Address: Address;
    CreateCustomer: CreateCustomer;
    CriterionName: CriterionName;
    CriterionError: CriterionError;
    VerificationCriteria: VerificationCriteria;
    VerificationProfile: VerificationProfile;
    Customer: Customer;
    ErrorMessages: ErrorMessages;
    ErrorEnvelope: ErrorEnvelope;
    TosLink: TosLink;
    KycLink: KycLink;
    CreateKycLink: CreateKycLink;
  };
}

/** The operations by path and method, as openapi-fetch takes them. */
export interface paths {
  "/v2/customer": {
    /** Create customer */
    post: operations["createCustomer"];
  };
  "/v2/customer/{customer_id}/tos-link": {
    /** Create terms-of-service link */
    post: operations["createTosLink"];
  };
  "/v2/customer/{customer_id}/kyc-link": {
    /** Create verification link */
    post: operations["createKycLink"];
    /** Get verification link */
    get: operations["getKycLink"];
  };
  "/v2/customer/{customer_id}": {
    /** Get customer */
    get: operations["getCustomer"];
  };
}

/** The operations by name. */
export interface operations {
  createCustomer: {
    parameters: {};
    requestBody: { content: { "application/json": CreateCustomer } };
    responses: {
      /** The customer was created. */
      200: { headers: { [name: string]: unknown }; content: { "application/json": Customer } };
      /** A field is missing or wrong. Mend the named fields and send the request again. */
      400: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** The API key is missing or not valid. Check the key, and that it belongs to this environment. */
      401: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
      429: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
    };
  };
  createTosLink: {
    parameters: {
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
    responses: {
      /** The link was made. */
      200: { headers: { [name: string]: unknown }; content: { "application/json": TosLink } };
      /** The API key is missing or not valid. Check the key, and that it belongs to this environment. */
      401: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** There is no such customer for this key. Check the id, and the environment. */
      404: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
      429: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
    };
  };
  createKycLink: {
    parameters: {
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
    requestBody: { content: { "application/json": CreateKycLink } };
    responses: {
      /** The link was made. */
      200: { headers: { [name: string]: unknown }; content: { "application/json": KycLink } };
      /** A field is missing or wrong. The page prints one sentence that does not name it, so check all four. */
      400: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** The API key is missing or not valid. Check the key, and that it belongs to this environment. */
      401: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** There is no such customer for this key. Check the id, and the environment. */
      404: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
      429: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
    };
  };
  getKycLink: {
    parameters: {
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
    responses: {
      /** The link that was made. */
      200: { headers: { [name: string]: unknown }; content: { "application/json": KycLink } };
      /** The API key is missing or not valid. Check the key, and that it belongs to this environment. */
      401: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** There is no such customer for this key. Check the id, and the environment. */
      404: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
      429: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
    };
  };
  getCustomer: {
    parameters: {
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
    responses: {
      /** The customer as it is now. */
      200: { headers: { [name: string]: unknown }; content: { "application/json": Customer } };
      /** The API key is missing or not valid. Check the key, and that it belongs to this environment. */
      401: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** There is no such customer for this key. Check the id, and the environment. */
      404: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
      /** More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
      429: { headers: { [name: string]: unknown }; content: { "application/json": ErrorEnvelope } };
    };
  };
}

/** What the API asks of whoever has registered for it. */
export interface webhooks {}
