import { ApiError, configure, createCustomer } from "rivals/redocly.ts";

configure({ auth: { bearer: "sk_bench" } });

export async function onboard(body, show) {
  try {
    const customer = await createCustomer({ body });
    show(customer.id);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 400) throw error;
    for (const [field, messages] of Object.entries(error.body.error)) show(`${field}: ${messages}`);
  }
}
