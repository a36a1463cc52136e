import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const compressible = /\.(?:html|js|css|svg|json|yaml|md|txt|xml)$/;

/** Below this, what is saved is less than the answer's headers. */
const smallest = 200;

/**
 * Writes a `.br` and a `.gz` beside each file of text in a folder, for servers and hosts that send them as they are.
 * The same file always gives the same bytes. A form that is not smaller than its file is left out.
 *
 * @returns the paths of what it wrote, within the folder
 * @example
 * await precompress(new URL("../dist/", import.meta.url));
 */
export async function precompress(folder: URL): Promise<string[]> {
  const root = fileURLToPath(folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
  const written = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      const content = await readFile(path);
      if (content.length < smallest) return [];
      const forms = Object.entries({ br: await toBrotli(content), gz: await toGzip(content) }).filter(
        ([, { length }]) => length < content.length,
      );
      await Promise.all(forms.map(([extension, bytes]) => writeFile(`${path}.${extension}`, bytes)));
      return forms.map(([extension]) => relative(root, `${path}.${extension}`));
    }),
  );
  return written.flat().toSorted();
}

function toBrotli(content: Buffer): Promise<Buffer> {
  return promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

async function toGzip(content: Buffer): Promise<Buffer> {
  const bytes = await promisify(gzip)(content, { level: 9 });
  // The header's tenth byte names the system that wrote it; 255 is "unknown" (RFC 1952).
  bytes[9] = 255;
  return bytes;
}
