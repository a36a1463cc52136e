/** The examples, held against what the vendor's pages print. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

async function readExamples(): Promise<Record<string, { value: any }>> {
  return JSON.parse(await readFile(new URL("../dist/openapi.json", import.meta.url), "utf8")).components.examples;
}

test("the examples of a creation are the vendor's own, to the letter", async () => {
  const { CustomerCreated, AddressRequired } = await readExamples();
  const required = [
    "terms_of_service",
    "email_address",
    "first_name",
    "last_name",
    "date_of_birth",
    "photo_id",
    "identification_document",
  ];
  const profile = (name: string, criteria: string[]) => ({
    name,
    status: "incomplete",
    criteria: { complete: [], pending: ["residential_address"], required: criteria, errors: [] },
  });
  expect(CustomerCreated?.value).toEqual({
    id: "customer_d41608fae4d34d308f85bc3c2b6ca29a",
    type: "individual",
    verificationProfiles: [
      profile("kyc_profile_a", required),
      profile("kyc_profile_b", [...required, "proof_of_address"]),
    ],
  });
  expect(AddressRequired?.value).toEqual({ ts: "2025-04-20T00:09:16.870Z", error: { address: ["Required"] } });
});

test("the customer that is read is the vendor's own, with one profile mended", async () => {
  const criteria = {
    complete: [],
    pending: [],
    required: [
      "terms_of_service",
      "first_name",
      "last_name",
      "tax_identification_number",
      "email_address",
      "address_of_residence",
      "date_of_birth",
      "proof_of_address",
    ],
    errors: [{ name: "identification_document", message: "ID DOCS IS BLURRY" }],
  };
  expect((await readExamples())["CustomerFailed"]?.value).toEqual({
    id: "customer_2da22520a7e64bd2963c7dd6c807e875",
    type: "individual",
    email: "johndoe123@gmail.com",
    firstName: "John",
    lastName: "Doe",
    verificationProfiles: [
      { name: "kyc_profile_a", status: "incomplete", criteria },
      // The page prints the four lists of this one beside its name.
      { name: "kyc_profile_b", status: "incomplete", criteria },
      { name: "kyc_profile_c", status: "approved" },
    ],
    meta: { string: "string" },
  });
});

test("the examples of both links are the vendor's own, but for a token", async () => {
  const examples = await readExamples();
  const valueOf = (name: string) => examples[name]?.value;
  expect(valueOf("TosLinkCreated")).toEqual({ link: "https://staging.spherepay.co/tos?token=placeholder" });
  expect(valueOf("KycLinkCreated")).toEqual({
    url: "https://in.sumsub.com/websdk/p/sbx_gq9t7z0Zf6agMcbn",
    expiresAt: "2025-04-27T02:35:18.842Z",
  });
  expect(valueOf("CreateKycLinkIndividual")).toEqual({
    type: "individual",
    firstName: "Jane",
    lastName: "Doe",
    email: "janedoe123@gmail.com",
  });
  const error = (ts: string, general: string) => ({ ts, error: { general } });
  expect(valueOf("InvalidKycLink")).toEqual(error("2025-04-20T02:38:08.659Z", "Bad Request Exception"));
  expect(valueOf("CustomerNotFound")).toEqual(error("2025-04-20T19:29:51.768Z", "Customer not found"));
  expect(valueOf("TosCustomerNotFound")).toEqual(
    error(
      "2025-04-20T19:27:50.587Z",
      "Customer customer_68f1c089703945e7bbff6f04bf1c5041a DNE for user. Please check that you are correctly specifying both the id and mock query param if in use.",
    ),
  );
});

test("every customer of the examples is another one, and has the id that a creation gives", async () => {
  const examples = Object.entries(await readExamples());
  const ids = examples.map(([, { value }]) => value.id).filter((id) => id !== undefined);
  expect(new Set(ids).size).toBe(6);
  expect(ids).toHaveLength(6);
  // A random UUID (RFC 9562, section 5.4) without its hyphens, as in the vendor's answers.
  for (const id of ids) expect(id).toMatch(/^customer_[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
});
