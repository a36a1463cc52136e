import { createMock } from "@spherepay/mock";
import { expect, test } from "vitest";
import { createSphereClient, isSphereApiError, type SphereApiError } from "../src/index.ts";
import { startMock } from "./start-mock.ts";

const params = { path: { customer_id: "customer_1" } };

test("each operation on a customer is sent to that customer", async () => {
  const mock = await createMock();
  const sphere = createSphereClient({ apiKey: "secret_key", fetch: mock.fetch });
  const person = { type: "individual", firstName: "Jane", lastName: "Doe", email: "janedoe123@gmail.com" } as const;

  const terms = await sphere.createTosLink({ params });
  const verification = await sphere.createKycLink({ params, body: person });
  expect(await sphere.getKycLink({ params })).toEqual(verification);
  const customer = await sphere.getCustomer({ params });

  expect(Object.keys({ ...terms, ...verification })).toEqual(["link", "url", "expiresAt"]);
  expect(customer.id).toBe("customer_d41608fae4d34d308f85bc3c2b6ca29a");
  expect(
    mock.requests.map(({ operation, method, path, body: sent, headers }) => [
      operation,
      `${method} ${path}`,
      headers["content-type"],
      sent,
    ]),
  ).toEqual([
    ["createTosLink", "POST /v2/customer/customer_1/tos-link", undefined, undefined],
    ["createKycLink", "POST /v2/customer/customer_1/kyc-link", "application/json", person],
    ["getKycLink", "GET /v2/customer/customer_1/kyc-link", undefined, undefined],
    ["getCustomer", "GET /v2/customer/customer_1", undefined, undefined],
  ]);
});

test("a customer that nobody knows is an error with a sentence", async () => {
  const mock = await startMock({ operation: "getCustomer", status: 404 });
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: mock.url });
  const error: unknown = await sphere.getCustomer({ params }).catch((thrown: unknown) => thrown);
  if (!isSphereApiError(error, "getCustomer", 404)) throw error;
  expect(error).toMatchObject({ message: "getCustomer: the API answered 404", attempts: 1, outcome: "rejected" });
  expect(error.generalError).toBe("Customer not found");
  expect(error.fieldErrors).toEqual({});
});

test.each(["getCustomer", "getKycLink", "createTosLink"] as const)("%s is repeated if it is a read", async (id) => {
  const mock = await startMock({ status: 503, headers: { "retry-after": "0" } });
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: mock.url });
  const call = sphere[id]({ params });
  const error = await call.then(
    () => undefined,
    (thrown: SphereApiError) => thrown,
  );
  expect(error?.outcome).toBe(id === "createTosLink" ? "unknown" : undefined);
  expect(mock.requests.map(({ status }) => status)).toEqual(id === "createTosLink" ? [503] : [503, 200]);
});
