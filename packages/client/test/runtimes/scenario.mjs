import { createSphereClient, SphereError } from "@spherepay/client";

const body = { type: "individual", address: { state: "CA", country: "USA" } };

/**
 * Calls the packed client in every way that may end differently in another runtime.
 *
 * @param urls addresses of a mock, and of servers that are busy at first, that break the second connection, that never
 *   answer, and that are gone
 * @returns what came of each call, in values that survive JSON
 */
export async function scenario(urls) {
  const client = (baseUrl) => createSphereClient({ apiKey: "secret_key", baseUrl, maxRetries: 1 });
  const mock = client(urls.mock);
  const breaking = client(urls.breaking);
  return {
    success: await resultOf(mock.createCustomer({ body })),
    error: await resultOf(mock.createCustomer({ body: { type: "individual" } })),
    retry: await resultOf(client(urls.busy).createCustomer({ body })),
    kept: await resultOf(breaking.createCustomer({ body })),
    broken: await resultOf(breaking.createCustomer({ body })),
    refused: await resultOf(client(urls.gone).createCustomer({ body }, { maxRetries: 0 })),
    timeout: await resultOf(client(urls.silent).createCustomer({ body }, { timeout: 200 })),
  };
}

async function resultOf(call) {
  try {
    return (await call).id;
  } catch (error) {
    if (!(error instanceof SphereError)) throw error;
    const { name, status, fieldErrors, attempts, outcome } = error;
    return { name, status, fieldErrors, attempts, outcome };
  }
}
