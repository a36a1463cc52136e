import type { Client } from "openapi-fetch";
import { describe, expectTypeOf, test } from "vitest";
import { createSphereHttp } from "../src/http.ts";
import {
  createSphereClient,
  isSphereApiError,
  type SphereApiError,
  type Address,
  type CreateCustomer,
  type CreateKycLink,
  type Customer,
  type ErrorEnvelope,
  type FieldErrors,
  type KycLink,
  type OperationId,
  type OperationTypes,
  type Outcome,
  type paths,
  type SphereCall,
  type SphereClient,
  type SphereClientOptions,
  type SphereOperations,
  type TosLink,
} from "../src/index.ts";

declare const sphere: SphereClient;
declare const error: unknown;
const address: Address = { state: "CA", country: "USA" };

describe("a call", () => {
  test("resolves to the success body", () => {
    const call = sphere.createCustomer({ body: { type: "individual", address } });
    expectTypeOf(call).toEqualTypeOf<SphereCall<Customer>>();
    expectTypeOf<Awaited<typeof call>>().toEqualTypeOf<Customer>();
    expectTypeOf(call.withResponse()).resolves.toEqualTypeOf<{
      data: Customer;
      response: Response;
      requestId: string | undefined;
    }>();
    expectTypeOf(call.asResponse()).resolves.toEqualTypeOf<Response>();
  });

  test("takes the body that the spec describes", () => {
    expectTypeOf(sphere.createCustomer).parameter(0).toEqualTypeOf<{ body: CreateCustomer }>();
    expectTypeOf<CreateCustomer["type"]>().toEqualTypeOf<"individual" | "business">();
    expectTypeOf<Address["line1"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Customer["verificationProfiles"][number]["status"]>().toEqualTypeOf<string>();
  });

  test("is checked where it is wrong", () => {
    // @ts-expect-error without an argument there is no body
    void sphere.createCustomer();
    // @ts-expect-error the body is required
    void sphere.createCustomer({});
    // @ts-expect-error the address is required
    void sphere.createCustomer({ body: { type: "individual" } });
    void sphere.createCustomer({
      body: {
        // @ts-expect-error no such type of customer
        type: "person",
        address,
      },
    });
    void sphere.createCustomer({
      body: {
        type: "individual",
        // @ts-expect-error the country is required
        address: { state: "CA" },
      },
    });
    void sphere.createCustomer({
      body: {
        type: "individual",
        address: {
          state: "CA",
          country: "USA",
          // @ts-expect-error text, so that leading zeros survive
          postalCode: 12345,
        },
      },
    });
    void sphere.createCustomer({
      body: {
        type: "individual",
        address,
        // @ts-expect-error not a field of the spec
        email: "someone@example.com",
      },
    });
    // @ts-expect-error milliseconds are a number
    void sphere.createCustomer({ body: { type: "individual", address } }, { timeout: "1s" });
    // @ts-expect-error not a method of the spec
    void sphere.deleteCustomer;
  });
});

describe("an operation on one customer", () => {
  interface OfOneCustomer {
    path: { customer_id: string };
  }

  test("takes the customer's id and what the spec describes besides", () => {
    expectTypeOf(sphere.getCustomer).parameter(0).toEqualTypeOf<{ params: OfOneCustomer }>();
    expectTypeOf(sphere.createTosLink).parameter(0).toEqualTypeOf<{ params: OfOneCustomer }>();
    expectTypeOf(sphere.getKycLink).parameter(0).toEqualTypeOf<{ params: OfOneCustomer }>();
    expectTypeOf(sphere.createKycLink).parameter(0).toEqualTypeOf<{ params: OfOneCustomer; body: CreateKycLink }>();
  });

  test("resolves to the success body", () => {
    expectTypeOf(sphere.getCustomer).returns.toEqualTypeOf<SphereCall<Customer>>();
    expectTypeOf(sphere.createTosLink).returns.toEqualTypeOf<SphereCall<TosLink>>();
    expectTypeOf(sphere.createKycLink).returns.toEqualTypeOf<SphereCall<KycLink>>();
    expectTypeOf(sphere.getKycLink).returns.toEqualTypeOf<SphereCall<KycLink>>();
    expectTypeOf<Customer["email"]>().toEqualTypeOf<string | undefined>();
  });

  test("is checked where it is wrong", () => {
    const params = { path: { customer_id: "customer_1" } };
    // @ts-expect-error without an argument there is no id
    void sphere.getCustomer();
    // @ts-expect-error the parameters are required
    void sphere.getCustomer({});
    // @ts-expect-error the path has a parameter
    void sphere.getCustomer({ params: {} });
    // @ts-expect-error the id is required
    void sphere.getCustomer({ params: { path: {} } });
    // @ts-expect-error the id is text
    void sphere.getCustomer({ params: { path: { customer_id: 1 } } });
    // @ts-expect-error not the parameter of the spec
    void sphere.getCustomer({ params: { path: { id: "customer_1" } } });
    // @ts-expect-error a link to the terms takes no body
    void sphere.createTosLink({ params, body: {} });
    // @ts-expect-error the body is required
    void sphere.createKycLink({ params });
    // @ts-expect-error the email address is required
    void sphere.createKycLink({ params, body: { type: "individual", firstName: "Jane", lastName: "Doe" } });
  });
});

test("the client has a method for each operation, and nothing else", () => {
  expectTypeOf<keyof SphereClient>().toEqualTypeOf<keyof SphereOperations>();
  expectTypeOf<keyof SphereOperations>().toEqualTypeOf<OperationId>();
});

describe("options", () => {
  test("take what process.env holds", () => {
    expectTypeOf<string | undefined>().toExtend<SphereClientOptions["apiKey"]>();
    expectTypeOf<() => Promise<string>>().toExtend<SphereClientOptions["apiKey"]>();
    expectTypeOf<SphereClientOptions["environment"]>().toEqualTypeOf<"sandbox" | "production" | undefined>();
  });

  test("are checked", () => {
    // @ts-expect-error a client without a key is a mistake
    createSphereClient({});
    // @ts-expect-error not a server of the spec
    createSphereClient({ apiKey: "key", environment: "staging" });
  });
});

describe("an error", () => {
  test("is narrowed by operation and status", () => {
    if (!isSphereApiError(error, "createCustomer", 400)) return;
    expectTypeOf(error).toEqualTypeOf<SphereApiError<"createCustomer", 400>>();
    expectTypeOf(error.status).toEqualTypeOf<400>();
    expectTypeOf(error.body).toEqualTypeOf<ErrorEnvelope>();
    expectTypeOf(error.fieldErrors).toEqualTypeOf<FieldErrors<"createCustomer">>();
    expectTypeOf(error.fieldErrors.address).toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf(error.fieldErrors["of a later API"]).toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf(error.outcome).toEqualTypeOf<Outcome>();
    expectTypeOf(error.retryAfter).toEqualTypeOf<number | undefined>();
  });

  test("has the keys of the body as its fields", () => {
    expectTypeOf<"type" | "address">().toExtend<keyof FieldErrors<"createCustomer">>();
  });

  test("is narrowed by the operation alone to the statuses of the spec", () => {
    if (!isSphereApiError(error, "createCustomer")) return;
    expectTypeOf(error.status).toEqualTypeOf<400 | 401 | 429>();
    expectTypeOf(error.body).toEqualTypeOf<ErrorEnvelope>();
  });

  test("is checked where it is wrong", () => {
    // @ts-expect-error not an operation of the spec
    isSphereApiError(error, "deleteCustomer");
    // @ts-expect-error a status is a number
    isSphereApiError(error, "createCustomer", "400");
  });

  test("with a status that the spec does not have has a body that nobody knows", () => {
    if (!isSphereApiError(error, "createCustomer", 404)) return;
    expectTypeOf(error.status).toEqualTypeOf<404>();
    expectTypeOf(error.body).toBeUnknown();
  });

  test("of an operation on one customer may be a 404", () => {
    if (isSphereApiError(error, "getCustomer", 404)) {
      expectTypeOf(error).toEqualTypeOf<SphereApiError<"getCustomer", 404>>();
      expectTypeOf(error.body).toEqualTypeOf<ErrorEnvelope>();
      expectTypeOf(error.generalError).toEqualTypeOf<string | undefined>();
    }
    expectTypeOf<keyof OperationTypes["getCustomer"]["errors"]>().toEqualTypeOf<401 | 404 | 429>();
    expectTypeOf<keyof OperationTypes["createTosLink"]["errors"]>().toEqualTypeOf<401 | 404 | 429>();
    expectTypeOf<keyof OperationTypes["createKycLink"]["errors"]>().toEqualTypeOf<400 | 401 | 404 | 429>();
    expectTypeOf<keyof OperationTypes["getKycLink"]["errors"]>().toEqualTypeOf<401 | 404 | 429>();
  });

  test("has the keys of the body as its fields, of each operation its own", () => {
    expectTypeOf<"firstName" | "email">().toExtend<keyof FieldErrors<"createKycLink">>();
  });
});

test("createSphereHttp makes the openapi-fetch client of the spec", () => {
  const http = createSphereHttp({ apiKey: "key" });
  expectTypeOf(http).toEqualTypeOf<Client<paths>>();
  const params = { path: { customer_id: "customer_1" } };
  expectTypeOf(http.GET("/v2/customer/{customer_id}", { params }))
    .resolves.toHaveProperty("data")
    .toEqualTypeOf<Customer | undefined>();
  // @ts-expect-error the id is required
  void http.GET("/v2/customer/{customer_id}");
  // @ts-expect-error the path has no such method
  void http.PUT("/v2/customer/{customer_id}", { params });
  // @ts-expect-error the body is checked
  void http.POST("/v2/customer", { body: { type: "person" } });
});
