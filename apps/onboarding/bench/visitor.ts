/** Fields of a form that is accepted. */
export const fields = { type: "business", country: "United States", state: "California", city: "Anytown" };

/** A visitor with a form that is open and one that has become a customer. */
export async function newVisitor(app: string) {
  const opened = await fetch(`${app}/customers/new`, { redirect: "manual" });
  const cookie = opened.headers.get("set-cookie")!.split(";")[0]!;
  const headers = { cookie, origin: app };
  const form = opened.headers.get("location")!;
  const second = await fetch(`${app}/customers/new`, { redirect: "manual", headers });
  const result = second.headers.get("location")!;
  await fetch(app + result, { method: "POST", redirect: "manual", headers, body: new URLSearchParams(fields) });
  return { headers, form, result };
}
