export async function onboard(body, show) {
  const response = await fetch("https://api.sandbox.spherepay.co/v2/customer", {
    method: "POST",
    headers: { authorization: "Bearer sk_bench", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.ok) show(answer.id);
  else if (response.status !== 400) throw new Error(`the API answered ${response.status}`);
  else for (const [field, messages] of Object.entries(answer.error)) show(`${field}: ${messages}`);
}
