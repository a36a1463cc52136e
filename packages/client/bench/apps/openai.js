import OpenAI, { APIError } from "openai";

const api = new OpenAI({
  apiKey: "sk_bench",
  baseURL: "https://api.sandbox.spherepay.co",
  timeout: 30_000,
  dangerouslyAllowBrowser: true,
});

export async function onboard(body, show) {
  try {
    const customer = await api.post("/v2/customer", { body });
    show(customer.id);
  } catch (error) {
    if (!(error instanceof APIError) || error.status !== 400) throw error;
    for (const [field, messages] of Object.entries(error.error)) show(`${field}: ${messages}`);
  }
}
