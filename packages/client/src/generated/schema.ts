// Generated from spec/openapi.yaml. Do not edit: change the spec and build.

export interface paths {
    "/v2/customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create customer
         * @description Creates an individual or a business and answers with its verification profiles: what has been verified, what
         *     is under review, and what is still required.
         *
         *     The API documents no idempotency key, so sending the same body twice creates two customers. After a timeout
         *     or a lost connection, find out whether the first attempt arrived before you send a second one.
         */
        post: operations["createCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/customer/{customer_id}/tos-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create terms-of-service link
         * @description Makes an address at which the customer reads and accepts the terms of service. Lead the customer there. How
         *     long a link lasts is not promised, so make it when it is needed.
         */
        post: operations["createTosLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/customer/{customer_id}/kyc-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get verification link
         * @description Answers with the verification link that was made for the customer. Reuse it until `expiresAt`.
         */
        get: operations["getKycLink"];
        put?: never;
        /**
         * Create verification link
         * @description Makes an address at which the customer proves who it is, with documents and a camera. It may be used before or after
         *     the terms of service are accepted. What came of it is in the customer's profiles, not in the link.
         */
        post: operations["createKycLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/customer/{customer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get customer
         * @description Answers with the customer as it is now. Ask again, with growing pauses, to see how its verification goes on: the
         *     vendor's guide polls, and no page of these months says how a webhook for it is signed.
         */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description The type of customer that can be onboarded.
         * @example individual
         * @enum {string}
         */
        CustomerType: "individual" | "business";
        /** @description The customer's address. */
        Address: {
            /**
             * @description Street and house number.
             * @example 123 Main St
             */
            line1?: string;
            /**
             * @description Flat, suite or floor.
             * @example Apt 1
             */
            line2?: string;
            /**
             * @description City or town.
             * @example Anytown
             */
            city?: string;
            /**
             * @description Postal code, as text so that leading zeros survive.
             * @example 12345
             */
            postalCode?: string;
            /**
             * @description State, province or region. In the United States, the two-letter code.
             * @example CA
             */
            state: string;
            /**
             * @description Country, as its ISO 3166-1 alpha-3 code.
             * @example USA
             */
            country: string;
        };
        /** @description The customer to create. */
        CreateCustomer: {
            type: components["schemas"]["CustomerType"];
            address: components["schemas"]["Address"];
        };
        /**
         * @description Name of a check. The vendor's own pages disagree on the full list, so treat it as open.
         * @example terms_of_service
         * @example proof_of_address
         */
        CriterionName: string;
        /** @description A check that failed. */
        CriterionError: {
            name: components["schemas"]["CriterionName"];
            /**
             * @description Why it failed, in words for a person.
             * @example ID DOCS IS BLURRY
             */
            message: string;
        };
        /** @description The profile's checks by state. Absent once nothing is left to check. */
        VerificationCriteria: {
            /**
             * @description Checks that have passed.
             * @example [
             *       "email_address"
             *     ]
             */
            complete: components["schemas"]["CriterionName"][];
            /**
             * @description Checks that are under review.
             * @example [
             *       "residential_address"
             *     ]
             */
            pending: components["schemas"]["CriterionName"][];
            /**
             * @description Checks for which the customer still has to provide something.
             * @example [
             *       "terms_of_service",
             *       "photo_id"
             *     ]
             */
            required: components["schemas"]["CriterionName"][];
            /** @description Checks that failed, each with the reason. */
            errors: components["schemas"]["CriterionError"][];
        };
        /** @description A set of checks and how far the customer has come with it. */
        VerificationProfile: {
            /**
             * @description Name of the profile. New names may appear, so treat it as open.
             * @example kyc_profile_a
             * @example kyc_profile_b
             */
            name: string;
            /**
             * @description State of the profile as a whole. A new customer starts at `incomplete`; other values may appear.
             * @example incomplete
             * @example approved
             */
            status: string;
            criteria?: components["schemas"]["VerificationCriteria"];
        };
        /** @description A customer and what is known of its verification. */
        Customer: {
            /**
             * @description Identifies the customer in every later call.
             * @example customer_d41608fae4d34d308f85bc3c2b6ca29a
             */
            id: string;
            type: components["schemas"]["CustomerType"];
            /**
             * @description Email address, once it is known.
             * @example johndoe123@gmail.com
             */
            email?: string;
            /**
             * @description First name, once it is known.
             * @example John
             */
            firstName?: string;
            /**
             * @description Last name, once it is known.
             * @example Doe
             */
            lastName?: string;
            /** @description One entry for each set of checks that the customer can pass. Each opens its own payment methods. */
            verificationProfiles: components["schemas"]["VerificationProfile"][];
            /**
             * @description Values of your own that are kept with the customer. No page of these months says how they are set.
             * @example {
             *       "string": "string"
             *     }
             */
            meta?: {
                [key: string]: unknown;
            };
        };
        /**
         * @description What went wrong, by top-level field of the request, or under `general`.
         * @example {
         *       "address": [
         *         "Required"
         *       ]
         *     }
         */
        ErrorMessages: {
            /**
             * @description What went wrong, when no single field is to blame.
             * @example Customer not found
             */
            general?: string;
        } & {
            [key: string]: string[];
        };
        /** @description The envelope of every error. */
        ErrorEnvelope: {
            /**
             * Format: date-time
             * @description When the API answered, in UTC.
             * @example 2025-04-20T00:09:16.870Z
             */
            ts: string;
            error: components["schemas"]["ErrorMessages"];
        };
        /** @description Where a customer accepts the terms of service. */
        TosLink: {
            /**
             * Format: uri
             * @description Address of the page, with a token that stands for the customer. Treat it as a secret of the customer.
             * @example https://staging.spherepay.co/tos?token=placeholder
             */
            link: string;
        };
        /** @description Where a customer proves who it is. */
        KycLink: {
            /**
             * Format: uri
             * @description Address of the page. Treat it as a secret of the customer.
             * @example https://in.sumsub.com/websdk/p/sbx_gq9t7z0Zf6agMcbn
             */
            url: string;
            /**
             * Format: date-time
             * @description When the link ends, in UTC.
             * @example 2025-04-27T02:35:18.842Z
             */
            expiresAt: string;
        };
        /** @description Who will be verified. */
        CreateKycLink: {
            type: components["schemas"]["CustomerType"];
            /**
             * @description First name. A business has to give one too; no page says whose.
             * @example Jane
             */
            firstName: string;
            /**
             * @description Last name, as for `firstName`.
             * @example Doe
             */
            lastName: string;
            /**
             * Format: email
             * @description Address at which that person is reached.
             * @example janedoe123@gmail.com
             */
            email: string;
        };
    };
    responses: {
        /** @description A field is missing or wrong. Mend the named fields and send the request again. */
        InvalidRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The API key is missing or not valid. Check the key, and that it belongs to this environment. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description More than 100 writes, or 100 reads, in a second; the sandbox allows fewer. Wait longer before each new attempt. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description There is no such customer for this key. Check the id, and the environment. */
        TosCustomerNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description There is no such customer for this key. Check the id, and the environment. */
        CustomerNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description A field is missing or wrong. The page prints one sentence that does not name it, so check all four. */
        InvalidKycLink: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
    };
    parameters: {
        /** @description The customer's `id`, as its creation answered it. */
        CustomerId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type CustomerType = components['schemas']['CustomerType'];
export type Address = components['schemas']['Address'];
export type CreateCustomer = components['schemas']['CreateCustomer'];
export type CriterionName = components['schemas']['CriterionName'];
export type CriterionError = components['schemas']['CriterionError'];
export type VerificationCriteria = components['schemas']['VerificationCriteria'];
export type VerificationProfile = components['schemas']['VerificationProfile'];
export type Customer = components['schemas']['Customer'];
export type ErrorMessages = components['schemas']['ErrorMessages'];
export type ErrorEnvelope = components['schemas']['ErrorEnvelope'];
export type TosLink = components['schemas']['TosLink'];
export type KycLink = components['schemas']['KycLink'];
export type CreateKycLink = components['schemas']['CreateKycLink'];
export type ResponseInvalidRequest = components['responses']['InvalidRequest'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseTooManyRequests = components['responses']['TooManyRequests'];
export type ResponseTosCustomerNotFound = components['responses']['TosCustomerNotFound'];
export type ResponseCustomerNotFound = components['responses']['CustomerNotFound'];
export type ResponseInvalidKycLink = components['responses']['InvalidKycLink'];
export type ParameterCustomerId = components['parameters']['CustomerId'];
export type $defs = Record<string, never>;
export interface operations {
    createCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Who is onboarded, and where they live or are registered. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCustomer"];
            };
        };
        responses: {
            /** @description The customer was created. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createTosLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The customer's `id`, as its creation answered it. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link was made. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TosLink"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["TosCustomerNotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getKycLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The customer's `id`, as its creation answered it. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link that was made. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KycLink"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["CustomerNotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createKycLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The customer's `id`, as its creation answered it. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        /** @description Who will be verified. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKycLink"];
            };
        };
        responses: {
            /** @description The link was made. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KycLink"];
                };
            };
            400: components["responses"]["InvalidKycLink"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["CustomerNotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The customer's `id`, as its creation answered it. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["CustomerNotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
}
