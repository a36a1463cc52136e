import { createSphereHttp } from "@spherepay/client/http";

const client = createSphereHttp({ apiKey: "sk_bench" });

export async function onboard(body, show) {
  const { data, error, response } = await client.POST("/v2/customer", { body });
  if (data) show(data.id);
  else if (response.status !== 400) throw new Error(`the API answered ${response.status}`);
  else for (const [field, messages] of Object.entries(error.error)) show(`${field}: ${messages}`);
}
