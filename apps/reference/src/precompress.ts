import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from "node:zlib";

const compressible = /\.(?:html|js|css|svg|json|yaml|md|txt|xml)$/;

const encodings = [
  { extension: "br", compress: toBrotli, decompress: promisify(brotliDecompress) },
  { extension: "gz", compress: toGzip, decompress: promisify(gunzip) },
];

/** Below this, what is saved is less than the answer's headers. */
const smallest = 200;

/**
 * Writes a `.br` and a `.gz` beside each file of text in a folder, for servers and hosts that send them as they are.
 * The same file always gives the same bytes, so that a form that is there and still holds its file stays. One that is
 * not smaller than its file is left out.
 *
 * @returns the paths of the compressed forms, within the folder
 * @example
 * await precompress(new URL("../dist/", import.meta.url));
 */
export async function precompress(folder: URL): Promise<string[]> {
  const root = fileURLToPath(folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
  const forms = files.flatMap(({ parentPath, name }) =>
    encodings.map(async ({ extension, compress, decompress }) => {
      const path = join(parentPath, name);
      const form = `${path}.${extension}`;
      const content = await readFile(path);
      if (content.length >= smallest) {
        // Redoc alone takes seconds.
        if (await holds(form, decompress, content)) return [relative(root, form)];
        const bytes = await compress(content);
        if (bytes.length < content.length) {
          await writeFile(form, bytes);
          return [relative(root, form)];
        }
      }
      await rm(form, { force: true });
      return [];
    }),
  );
  return (await Promise.all(forms)).flat().toSorted();
}

async function holds(form: string, decompress: (bytes: Buffer) => Promise<Buffer>, content: Buffer): Promise<boolean> {
  try {
    return (await decompress(await readFile(form))).equals(content);
  } catch {
    // It is not there, or a build was ended while it wrote.
    return false;
  }
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
