import { expect, test } from "vitest";
import { anything, makeClient } from "./made-client.ts";

const read = { get: { operationId: "read", responses: anything } };
const region = { default: "eu", enum: ["eu", "us"] };

/** The address that a call goes to. */
async function addressOf(rest: object, options: object = {}, paths: object = { "/a": read }) {
  const { createSphereClient } = await makeClient(paths, rest);
  let address: string | undefined;
  const fetch = async (url: string) => {
    address = url;
    return Response.json({});
  };
  await createSphereClient({ fetch, ...options })["read"]!();
  return address;
}

const two = {
  servers: [
    { url: "https://one.example/v1/", "x-name": "one" },
    { url: "https://two.example", "x-name": "two" },
  ],
};
const regional = {
  servers: [{ url: "https://{region}.example.com:{port}/v1", variables: { region, port: { default: "443" } } }],
};

const based = { servers: [{ url: "https://a.example/{base}", variables: { base: { default: "api/v1" } } }] };

test.each<[title: string, rest: object, options: object, address: string]>([
  ["the first server", two, {}, "https://one.example/v1/a"],
  ["the environment's", two, { environment: "two" }, "https://two.example/a"],
  [
    "baseUrl in place of any",
    two,
    { environment: "two", baseUrl: "http://localhost:1/base/" },
    "http://localhost:1/base/a",
  ],
  ["variables' defaults", regional, {}, "https://eu.example.com:443/v1/a"],
  ["variables", regional, { variables: { region: "us", port: "8443" } }, "https://us.example.com:8443/v1/a"],
  ["a variable of several segments", based, { variables: { base: "api/v2" } }, "https://a.example/api/v2/a"],
  ["baseUrl with slashes behind it", two, { baseUrl: "http://[::1]:1/b//" }, "http://[::1]:1/b/a"],
  ["baseUrl that is a URL", two, { baseUrl: new URL("http://a.example/b/") }, "http://a.example/b/a"],
  [
    "baseUrl for a relative one",
    { servers: [{ url: "/v1" }] },
    { baseUrl: "https://a.example/v1" },
    "https://a.example/v1/a",
  ],
])("a call goes to %s", async (_, rest, options, address) => {
  expect(await addressOf(rest, options)).toBe(address);
});

test("an operation's own servers come first: that of the environment's name, else the first of them", async () => {
  const paths = {
    "/a": { ...read, servers: [{ url: "https://own.example" }, { url: "https://own-two.example", "x-name": "two" }] },
  };
  expect(await addressOf(two, {}, paths)).toBe("https://own.example/a");
  expect(await addressOf(two, { environment: "two" }, paths)).toBe("https://own-two.example/a");
  expect(await addressOf(two, { baseUrl: "http://localhost:1" }, paths)).toBe("http://localhost:1/a");
});

test("an operation's own server may have variables that the document's has not", async () => {
  const paths = { "/a": { ...read, servers: [{ url: "https://{region}.own.example", variables: { region } }] } };
  expect(await addressOf(regional, { variables: { port: "1", region: "us" } }, paths)).toBe("https://us.own.example/a");
});

const address = "baseUrl must be an address such as https://example.com/path, without credentials";

test.each<[rest: object, options: object, message: string]>([
  [{ servers: [{ url: "/v1" }] }, {}, `${address}: the spec has only "/v1"`],
  [{ servers: [] }, {}, `${address}: the spec has only`],
  [two, { environment: "three" }, "environment must be one of one, two"],
  [two, { environment: "toString" }, "environment must be one of one, two"],
  [two, { baseUrl: "https://name:canary@a.example" }, address],
  [two, { environment: "" }, "environment must be one of one, two"],
  [two, { baseUrl: "" }, address],
  [two, { baseUrl: "https://a.example/b/../c" }, address],
  [two, { baseUrl: "https://a.example/%2e%2E" }, address],
  [two, { baseUrl: "https://a.example\\canary" }, address],
  [two, { baseUrl: "https://a.example:99999" }, address],
  [two, { baseUrl: "https://a.example:1:2" }, address],
  [based, { variables: { base: ".." } }, address],
  [based, { variables: { base: "v2?canary" } }, "variables.base cannot hold any of"],
  [regional, { variables: { region: "cn" } }, "variables.region must be one of eu, us"],
  [regional, { variables: { zone: "a" } }, "variables.zone is in no address"],
  ...["1@evil.example", "1/canary", "1\\canary", "1?canary", "1#canary"].map((port): [object, object, string] => [
    regional,
    { variables: { port } },
    "variables.port cannot hold any of",
  ]),
])("options that lead nowhere are refused: %o, %o", async (rest, options, message) => {
  await expect(addressOf(rest, options)).rejects.toThrow(
    expect.objectContaining({ name: "TypeError", message: expect.stringContaining(message) }),
  );
  await expect(addressOf(rest, options)).rejects.toThrow(
    expect.not.objectContaining({ message: expect.stringContaining("canary") }),
  );
});
