import { createSphereClient, isSphereApiError } from "@spherepay/client";
import { createMock, startMockServer } from "@spherepay/mock";

// What a user of both packages writes, in small. It prints what came of it as JSON.
const body = { type: "individual", address: { state: "CA", country: "USA" } } as const;

const server = await startMockServer();
const sphere = createSphereClient({ apiKey: "any", baseUrl: server.url });
const created = await sphere.createCustomer({ body });
const refused: unknown = await sphere
  // @ts-expect-error the country is required
  .createCustomer({ body: { type: "individual", address: { state: "CA" } } })
  .catch((error: unknown) => error);
await server.close();

const mock = await createMock();
await createSphereClient({ apiKey: "any", fetch: mock.fetch }).createCustomer({ body });

console.log(
  JSON.stringify({
    profiles: created.verificationProfiles.map(({ name }) => name),
    refused: isSphereApiError(refused, "createCustomer", 400) && refused.fieldErrors.address,
    logged: mock.requests.map(({ operation, status }) => `${operation} ${status}`),
  }),
);
