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

export default function lintRules() {
  return {
    id: "spec",
    rules: { oas3: { "error-has-the-envelope": errorHasTheEnvelope, "every-file-is-used": everyFileIsUsed } },
  };
}
