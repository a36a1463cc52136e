import { createCustomer } from "rivals/orval.ts";

const options = { headers: { authorization: "Bearer sk_bench" } };

export async function onboard(body, show) {
  const { data, status } = await createCustomer(body, options);
  if (status === 200) show(data.id);
  else if (status !== 400) throw new Error(`the API answered ${status}`);
  else for (const [field, messages] of Object.entries(data.error)) show(`${field}: ${messages}`);
}
