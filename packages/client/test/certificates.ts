import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";

/** A certificate with its private key, both as PEM, as `node:tls` takes them. */
export interface Certificate {
  cert: string;
  key: string;
  /** Who it was issued to. */
  subject: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

interface Wishes {
  subject: string;
  /** Itself without one. */
  issuer?: Certificate;
  /** Days from now. */
  validFrom?: number;
  validTo?: number;
  /** Whether it may sign others. */
  authority?: boolean;
  /** Host that it is valid for; 127.0.0.1 comes with localhost. */
  host?: string;
  /** Whether it is for servers, or for clients only. */
  purpose?: "server" | "client";
}

const day = 86_400_000;
const ecdsaWithSha256 = der(0x30, hex("06082a8648ce3d040302"));

/** Issues an X.509 certificate (RFC 5280 §4.1), which `node:crypto` can read but not write. */
export function issue(wishes: Wishes): Certificate {
  const { subject, issuer, validFrom = -1, validTo = 1, authority = false } = wishes;
  const { host = "localhost", purpose = "server" } = wishes;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const hosts = [der(0x82, Buffer.from(host)), ...(host === "localhost" ? [der(0x87, hex("7f000001"))] : [])];
  const extensions = authority
    ? [extension("551d13", der(0x30, hex("0101ff")))]
    : [
        extension("551d11", der(0x30, ...hosts)),
        extension("551d25", der(0x30, der(0x06, hex(`2b060105050703${purpose === "server" ? "01" : "02"}`)))),
      ];
  const content = der(
    0x30,
    hex("a003020102"),
    der(0x02, hex("01"), randomBytes(8)),
    ecdsaWithSha256,
    nameOf(issuer?.subject ?? subject),
    der(0x30, timeIn(validFrom), timeIn(validTo)),
    nameOf(subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(0x30, ...extensions)),
  );
  const signature = sign("sha256", content, issuer?.privateKey ?? privateKey);
  const base64 = der(0x30, content, ecdsaWithSha256, der(0x03, hex("00"), signature)).toString("base64");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    subject,
    privateKey,
    publicKey,
  };
}

/** A value as DER writes it: tag, length, content (X.690 §8.1). */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function extension(oid: string, value: Buffer): Buffer {
  return der(0x30, der(0x06, hex(oid)), der(0x04, value));
}

function nameOf(commonName: string): Buffer {
  return der(0x30, der(0x31, der(0x30, hex("0603550403"), der(0x0c, Buffer.from(commonName)))));
}

function timeIn(days: number): Buffer {
  const digits = new Date(Date.now() + days * day).toISOString().replace(/\D/g, "");
  return der(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function hex(text: string): Buffer {
  return Buffer.from(text, "hex");
}
