import type { Client } from "openapi-fetch";
import { describe, expectTypeOf, test } from "vitest";
import {
  createSphereClient,
  isSphereApiError,
  type SphereApiError,
  type Address,
  type CreateCustomer,
  type Customer,
  type ErrorEnvelope,
  type FieldErrors,
  type Outcome,
  type paths,
  type SphereCall,
  type SphereClient,
  type SphereClientOptions,
} from "../src/index.ts";

declare const sphere: SphereClient;
declare const error: unknown;
const address: Address = { state: "CA", country: "USA" };

describe("a call", () => {
  test("resolves to the success body", () => {
    const call = sphere.createCustomer({ body: { type: "individual", address } });
    expectTypeOf(call).toEqualTypeOf<SphereCall<Customer>>();
    expectTypeOf<Awaited<typeof call>>().toEqualTypeOf<Customer>();
    expectTypeOf(call.withResponse()).resolves.toEqualTypeOf<{ data: Customer; response: Response }>();
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
    // @ts-expect-error not an error status of the operation
    isSphereApiError(error, "createCustomer", 404);
  });
});

test("http is the openapi-fetch client of the spec", () => {
  expectTypeOf(sphere.http).toEqualTypeOf<Client<paths>>();
});
