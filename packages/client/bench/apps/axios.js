import { create, isAxiosError } from "axios";

const api = create({
  adapter: "fetch",
  baseURL: "https://api.sandbox.spherepay.co",
  headers: { authorization: "Bearer sk_bench" },
  timeout: 30_000,
});

export async function onboard(body, show) {
  try {
    const { data } = await api.post("/v2/customer", body);
    show(data.id);
  } catch (error) {
    if (!isAxiosError(error) || error.response?.status !== 400) throw error;
    for (const [field, messages] of Object.entries(error.response.data.error)) show(`${field}: ${messages}`);
  }
}
