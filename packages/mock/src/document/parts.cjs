/**
 * What is used of other packages and not needed at once: each part is loaded when it is first asked for. CommonJS,
 * because it alone can load at that moment without a promise; the build puts all of it into one file of the same name.
 *
 * Prism has no public door to its parts, hence the exact version in package.json.
 */
module.exports = {
  /** Finds the answer to a request. */
  get negotiator() {
    return require("@stoplight/prism-http/dist/mocker/negotiator/NegotiatorHelpers.js").default;
  },
  /** Checks credentials. */
  get security() {
    return require("@stoplight/prism-http/dist/validator/validators/security/index.js");
  },
  get ProblemJsonError() {
    return require("@stoplight/prism-http/dist/types.js").ProblemJsonError;
  },
  /** Reads operations. */
  get transformOas3Operation() {
    return require("@stoplight/http-spec/oas3/operation").transformOas3Operation;
  },
  /** Makes the value that a schema stands for. */
  get sample() {
    return require("@stoplight/json-schema-sampler").sample;
  },
  /** Makes values up. */
  get generator() {
    return require("@stoplight/prism-http/dist/mocker/generator/JSONSchema.js");
  },
  get JSONSchemaFaker() {
    return require("json-schema-faker").JSONSchemaFaker;
  },
  get faker() {
    return require("@faker-js/faker").faker;
  },
  get seedrandom() {
    return require("seedrandom");
  },
  get XMLBuilder() {
    return require("fast-xml-parser").XMLBuilder;
  },
};
