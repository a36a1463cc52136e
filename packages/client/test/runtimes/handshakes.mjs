import { createSphereClient } from "@spherepay/client";

const requests = {
  createCustomer: { body: { type: "individual", address: { state: "CA", country: "USA" } } },
  createTosLink: { params: { path: { customer_id: "customer_1" } } },
  getCustomer: { params: { path: { customer_id: "customer_1" } } },
};

/**
 * Calls the packed client against servers whose connections or TLS handshakes fail.
 *
 * @param cases addresses, and the operation to call there; where the first call succeeds, another follows
 * @returns the outcome of each case, or `"resolved"`
 */
export async function handshakes(cases) {
  return Promise.all(cases.map(outcomeOf));
}

async function outcomeOf({ url, call }) {
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: url, maxRetries: 0, timeout: 5000 });
  try {
    await sphere[call](requests[call]);
    // A runtime keeps a connection only once it has noticed that the answer has ended.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await sphere[call](requests[call]);
    return "resolved";
  } catch (error) {
    return error.outcome;
  }
}
