import { createSphereClient, isSphereApiError } from "@spherepay/client";

const sphere = createSphereClient({ apiKey: "sk_bench" });

export async function onboard(body, show) {
  try {
    const customer = await sphere.createCustomer({ body });
    show(customer.id);
  } catch (error) {
    if (!isSphereApiError(error, "createCustomer", 400)) throw error;
    for (const [field, messages] of Object.entries(error.fieldErrors)) show(`${field}: ${messages}`);
  }
}
