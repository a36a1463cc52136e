import { client } from "rivals/hey-api/client.gen.ts";
import { createCustomer } from "rivals/hey-api/sdk.gen.ts";

client.setConfig({ auth: "sk_bench" });

export async function onboard(body, show) {
  const { data, error, response } = await createCustomer({ body });
  if (data) show(data.id);
  else if (response?.status !== 400) throw error;
  else for (const [field, messages] of Object.entries(error.error)) show(`${field}: ${messages}`);
}
