import ky, { isHTTPError } from "ky";

const api = ky.create({
  baseUrl: "https://api.sandbox.spherepay.co",
  headers: { authorization: "Bearer sk_bench" },
  timeout: 30_000,
});

export async function onboard(body, show) {
  try {
    const customer = await api.post("/v2/customer", { json: body }).json();
    show(customer.id);
  } catch (error) {
    if (!isHTTPError(error) || error.response.status !== 400) throw error;
    for (const [field, messages] of Object.entries(error.data.error)) show(`${field}: ${messages}`);
  }
}
