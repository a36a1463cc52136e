/** The rules of `redocly.yaml` that Redocly's own and its assertions cannot say. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, sep } from "node:path";

/**
 * Every answer that is an error has the one envelope, however the author refers to it. It asks for the place that a
 * reference leads to: an assertion sees only how it is written, and not that a second status uses the same answer.
 */
function errorHasTheEnvelope() {
  const reported = new Set();
  return {
    Responses(responses, { location: place, resolve, report }) {
      const follow = (node, location) =>
        node?.$ref === undefined ? { node, location } : resolve(node, location.source.absoluteRef);
      const refuse = (location) => {
        if (reported.has(location.absolutePointer)) return;
        reported.add(location.absolutePointer);
        report({
          message:
            "Every 4xx and 5xx answer must have the ErrorEnvelope schema, because clients read one envelope only.",
          location,
        });
      };
      for (const status of Object.keys(responses).filter((key) => /^[45]/.test(key))) {
        const response = follow(responses[status], place.child(status));
        // That it leads to nothing is what another rule says.
        if (!response.node) continue;
        const types = Object.keys(response.node.content ?? {});
        if (types.length === 0) refuse(response.location);
        for (const type of types) {
          const content = follow(response.node.content[type], response.location.child(["content", type]));
          if (!content.node?.schema) refuse(content.location);
          else if (nameOf(follow(content.node.schema, content.location).location) !== "ErrorEnvelope")
            refuse(content.location.child("schema"));
        }
      }
    },
  };
}

/** The name that a schema has in the bundle: the end of its pointer, or its file's name. */
function nameOf(location) {
  if (!location) return undefined;
  const file = location.source.absoluteRef;
  return location.pointer.split("/").at(-1) || basename(file, extname(file));
}

/** Every file in a folder beside the document is part of it. Redocly's rule for components sees only what is read. */
function everyFileIsUsed() {
  const used = new Set();
  return {
    ref({ $ref }, { location, resolve }) {
      used.add(join(dirname(location.source.absoluteRef), $ref.split("#")[0]));
      // The first file may hold no more than a reference to this one.
      used.add(resolve({ $ref }).location?.source.absoluteRef);
    },
    Root: {
      leave(_, { location, report }) {
        const folder = dirname(location.source.absoluteRef);
        for (const name of readdirSync(folder, { recursive: true })) {
          const file = join(folder, name);
          const [first, ...inside] = name.split(sep);
          if (inside.length === 0 || /^(?:\..*|dist|node_modules|scripts|test)$/.test(first) || used.has(file))
            continue;
          if (!/\.(?:ya?ml|json|md)$/.test(name)) continue;
          const source = new location.source.constructor(file, readFileSync(file, "utf8"));
          report({
            message: "Nothing refers to this file: use it or remove it.",
            location: new location.constructor(source, "#/"),
          });
        }
      },
    },
  };
}

/**
 * Every link leads to an operation, gives it parameters that it has, and takes their values from where something is.
 * Redocly's own rules accept a link to nothing.
 */
function linkLeadsSomewhere() {
  return {
    Root: {
      leave(root, { resolve, location: place, report }) {
        const follow = (node, location) =>
          node?.$ref === undefined ? { node, location } : resolve(node, location.source.absoluteRef);
        /** The members of an object, each followed. */
        const each = (holder, key) =>
          Object.entries(holder.node?.[key] ?? {}).map(([name, member]) => {
            const { node, location } = follow(member, holder.location.child([key, name]));
            return { name, node, location };
          });
        const operations = each({ node: root, location: place }, "paths").flatMap((item) =>
          ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
            .filter((method) => item.node?.[method])
            .map((method) => {
              const node = item.node[method];
              const location = item.location.child(method);
              const parameters = [...each(item, "parameters"), ...each({ node, location }, "parameters")];
              return { node, location, parameters: parameters.map((parameter) => parameter.node) };
            }),
        );

        /** Whether a schema declares what a JSON pointer names, in itself or in what it is composed of. */
        const declares = ({ node, location }, [key, ...keys]) => {
          if (key === undefined || node === undefined) return node !== undefined;
          const schema = { node, location };
          const child = node.properties?.[key]
            ? follow(node.properties[key], location.child(["properties", key]))
            : node.items && /^\d+$/.test(key) && follow(node.items, location.child("items"));
          if (child && declares(child, keys)) return true;
          return ["allOf", "oneOf", "anyOf"].some((list) =>
            each(schema, list).some((part) => declares(part, [key, ...keys])),
          );
        };
        const inBody = (body, pointer) =>
          each(body, "content").some((content) =>
            declares(
              follow(content.node.schema, content.location.child("schema")),
              pointer
                .split("/")
                .slice(1)
                .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~")),
            ),
          );
        const isThere = (value, operation, response) => {
          const [, side, part, rest = ""] =
            /^\$(request|response)\.(path|query|header|body)[.#]?(.*)$/.exec(value) ?? [];
          if (part === undefined) return !String(value).startsWith("$") || /^\$(url|method|statusCode)$/.test(value);
          if (part === "body") {
            const body = operation.node.requestBody;
            const holder = side === "response" ? response : follow(body, operation.location.child("requestBody"));
            return rest === "" || inBody(holder, rest);
          }
          if (side === "response") return Object.keys(response.node.headers ?? {}).some((name) => isEqual(name, rest));
          return operation.parameters.some(({ in: where, name }) => where === part && isEqual(name, rest));
        };

        for (const operation of operations) {
          for (const response of each(operation, "responses")) {
            for (const { node: link, location } of each(response, "links")) {
              const target = operations.find(({ node }) => node.operationId === link.operationId);
              if (link.operationId === undefined) continue;
              if (!target) {
                report({ message: "This link leads to no operation.", location: location.child("operationId") });
                continue;
              }
              for (const [name, value] of Object.entries(link.parameters ?? {})) {
                const at = location.child(["parameters", name]);
                const has = target.parameters.some((one) => one.name === name || `${one.in}.${one.name}` === name);
                if (!has) report({ message: `${link.operationId} has no parameter ${name}.`, location: at.key() });
                else if (!isThere(value, operation, response))
                  report({ message: `There is nothing at ${value} to take the value from.`, location: at });
              }
            }
          }
        }
      },
    },
  };
}

/** Names of headers have no case (RFC 9110, section 5.1); no other names differ in case alone here. */
function isEqual(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}

export default function lintRules() {
  return {
    id: "spec",
    rules: {
      oas3: {
        "error-has-the-envelope": errorHasTheEnvelope,
        "every-file-is-used": everyFileIsUsed,
        "link-leads-somewhere": linkLeadsSomewhere,
      },
    },
  };
}
