export const VALID = '{"type":"individual","address":{"state":"CA","country":"USA"}}';
export const LIMIT = 1024 * 1024;

const HEADERS = { host: "mock", authorization: "Bearer secret", "content-type": "application/json" };

export interface Parts {
  method?: string;
  target?: string;
  version?: string;
  /** More headers, or others: `undefined` leaves one out, a list repeats it. Each character is sent as one byte. */
  headers?: Record<string, string | string[] | undefined>;
  body?: string | Uint8Array;
  chunkSize?: number;
}

/** A request as bytes; without any parts, a valid one. */
export function request({
  method = "POST",
  target = "/v2/customer",
  version = "HTTP/1.1",
  headers = {},
  body = VALID,
  chunkSize,
}: Parts = {}): Buffer {
  const bytes = Buffer.from(body);
  const framing = chunkSize ? { "transfer-encoding": "chunked" } : { "content-length": String(bytes.length) };
  const lines = Object.entries({ ...HEADERS, ...framing, ...headers }).flatMap(([name, values = []]) =>
    [values].flat().map((value) => `${name}: ${value}\r\n`),
  );
  const head = Buffer.from(`${method} ${target} ${version}\r\n${lines.join("")}\r\n`, "latin1");
  return Buffer.concat([head, chunkSize ? chunked(bytes, chunkSize) : bytes]);
}

function chunked(bytes: Buffer, size: number): Buffer {
  const starts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => index * size);
  const chunks = starts.map((start) => bytes.subarray(start, start + size));
  const parts = chunks.flatMap((chunk) => [
    Buffer.from(`${chunk.length.toString(16)}\r\n`),
    chunk,
    Buffer.from("\r\n"),
  ]);
  return Buffer.concat([...parts, Buffer.from("0\r\n\r\n")]);
}

/** A valid body with one more field, which the document allows. */
function plus(field: string): string {
  return `${VALID.slice(0, -1)},${field}}`;
}

function plusText(...bytes: number[]): Buffer<ArrayBuffer> {
  return Buffer.concat([Buffer.from(`${VALID.slice(0, -1)},"x":"`), Buffer.from(bytes), Buffer.from('"}')]);
}

const POLLUTED = `"__proto__":{"type":5},"constructor":{"prototype":{"type":5}},"toString":null,"valueOf":0,"hasOwnProperty":1`;

type Body = [name: string, body: string | Uint8Array<ArrayBuffer>, status: number];

/** Bodies of `POST /v2/customer`. */
export const BODIES: Body[] = [
  ...Array.from(VALID, (_, end): Body => [`the first ${end} characters of a valid one`, VALID.slice(0, end), 400]),
  ...["{}{}", "{,}", '{"type":}', "[1,]", "'x'", "NaN", "01", "+1", ".5", "// no\n{}", "\v{}", `${VALID}\0`].map(
    (body): Body => [`malformed JSON ${JSON.stringify(body)}`, body, 400],
  ),
  ...["null", "0", "false", '""', "[]", "{}"].map((body): Body => [body, body, 400]),

  ["a name twice", `{"type":"business",${VALID.slice(1)}`, 400],
  ["a name twice, once escaped", `{"\\u0074ype":"business",${VALID.slice(1)}`, 400],
  ["a name twice in a field", VALID.replace("{", '{"x":[{"a":1,"a":1}],'), 400],
  ["a name twice in the address", VALID.replace('"state"', '"state":"NY","st\\u0061te"'), 400],
  ["__proto__ twice", plus('"__proto__":1,"__proto__":1'), 400],
  ["the name of another object's field", plus('"x":{"type":1},"y":{"type":1}'), 200],
  ["colons and quotes in its texts", plus('"x\\":":":\\\\","y":"{\\"a\\":1}"'), 200],

  ["names of Object.prototype", plus(POLLUTED), 200],
  ["names of Object.prototype in the address", VALID.replace('"state"', `${POLLUTED},"state"`), 200],
  ["all fields in __proto__", `{"__proto__":${VALID}}`, 400],
  ["all fields in constructor.prototype", `{"constructor":{"prototype":${VALID}}}`, 400],
  ["the fields of the address in __proto__", VALID.replace('{"state', '{"__proto__":{"state').concat("}"), 400],
  ["the type __proto__", VALID.replace("individual", "__proto__"), 400],
  ["the type constructor", VALID.replace("individual", "constructor"), 400],

  // RFC 8259, section 8.1, and RFC 3629, section 3.
  ["a byte that UTF-8 does not have", plusText(0xff), 400],
  ["a UTF-8 sequence that is cut", plusText(0xe2, 0x82), 400],
  ["an overlong slash", plusText(0xc0, 0xaf), 400],
  ["an overlong quote", plusText(0xc0, 0xa2), 400],
  ["a code point above U+10FFFF", plusText(0xf4, 0x90, 0x80, 0x80), 400],
  ["a lone surrogate as bytes", plusText(0xed, 0xa0, 0x80), 400],
  ["a pair of surrogates as bytes", plusText(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80), 400],
  ["a byte order mark", `\uFEFF${VALID}`, 400],
  ["UTF-16", Buffer.from(VALID, "utf16le"), 400],
  ["a null byte", plusText(0), 400],
  ["an escaped null", plus('"x":"\\u0000"'), 200],
  ["an emoji", plus('"x":"😀"'), 200],

  // RFC 7493, section 2.1.
  ["a lone surrogate, escaped", plus('"x":["\\ud800"]'), 400],
  ["a lone surrogate in a name", plus('"\\udc00":1'), 400],
  ["surrogates in the wrong order", plus('"x":"\\udc00\\ud800"'), 400],
  ["a pair of surrogates, escaped", plus('"x":"\\ud83d\\ude00"'), 200],
  ["a noncharacter", plus('"x":"\uFFFF"'), 400],
  ["a noncharacter, escaped", plus('"x":"\\ufdd0"'), 400],

  // RFC 7493, section 2.2, asks only that a number is not more than a double can hold.
  ["1e400", plus('"x":1e400'), 400],
  ["-1e400", plus('"x":[{"y":-1e400}]'), 400],
  ["1e-400", plus('"x":1e-400'), 200],
  ["a type that is 1e400", VALID.replace('"individual"', "1e400"), 400],

  ["100,000 nested arrays", "[".repeat(100_000) + "]".repeat(100_000), 400],
  ["100,000 nested arrays in a field", plus(`"x":${"[".repeat(100_000) + "]".repeat(100_000)}`), 400],
  ["100,000 nested objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, 400],
  ["100,000 nested arrays that do not end", "[".repeat(100_000), 400],
  ["200 levels", plus(`"x":${"[".repeat(199) + "]".repeat(199)}`), 200],
  ["201 levels", plus(`"x":${"[".repeat(200) + "]".repeat(200)}`), 400],
  ["100,000 items", plus(`"x":[${"0,".repeat(99_999)}0]`), 200],
  ["50,000 fields", plus(Array.from({ length: 50_000 }, (_, index) => `"${index}":0`).join()), 200],
  ["a type of a million characters", VALID.replace("individual", "x".repeat(1_000_000)), 400],
  ["exactly 1 MiB", VALID.padEnd(LIMIT), 200],
  ["1 MiB and a byte", VALID.padEnd(LIMIT + 1), 413],
  ["5 MB", VALID.padEnd(5_000_000), 413],
];

type Field = [name: string, value: string, status: number];
const LONG = "x".repeat(15_000);

/** One header of a request that is valid without it, or with another value of it. */
export const FIELDS: Field[] = [
  ...["json", "/", "", LONG, "text/plain", "*/*", "application/json, text/plain", "application/json\xff"].map(
    (value): Field => ["content-type", value, 415],
  ),
  ...["application/json; charset=utf-8", "application/json;", "APPLICATION/JSON", 'application/json; x="'].map(
    (value): Field => ["content-type", value, 200],
  ),
  ...["", "Bearer", "Bearer ", "BearerX", "Basic x", "x", LONG].map((value): Field => ["authorization", value, 401]),
  ...["bearer x", "Bearer  x", "Bearer \xff", `Bearer ${LONG}`].map((value): Field => ["authorization", value, 200]),
  ...["foo", "text/html;level=", ";", "\xff/\xff", LONG].map((value): Field => ["accept", value, 400]),
  ...["text/html", "application/json;q=0"].map((value): Field => ["accept", value, 406]),
  ...["*/*", "application/*;q=0.5", "text/html, image/gif, *; q=.2, */*; q=.2", `${"text/x,".repeat(2000)}*/*`].map(
    (value): Field => ["accept", value, 200],
  ),
  // RFC 9110, section 5.6.1.2: empty elements of a list are to be ignored.
  ...["", "application/json,", "text/html,,application/json"].map((value): Field => ["accept", value, 200]),
  ...[
    "code=0",
    "code=99999",
    "code=abc",
    "code=-1",
    "code=4 0",
    "code=+40",
    "code==400",
    "dynamic=maybe",
    "dynamic=TRUE",
  ].map((value): Field => ["prefer", value, 422]),
  ...["code=100", "code=999", "example=nope", `example=${LONG}`, 'example="a,b"', "example=\xe9"].map(
    (value): Field => ["prefer", value, 404],
  ),
  ...["example=__proto__", "example=constructor", "dynamic=true, example=nope", "code=, example=nope"].map(
    (value): Field => ["prefer", value, 404],
  ),
  ...["", "code=", "example=", "dynamic=", "seed=", "code", ",,,", ";;", '"', "=", "==", LONG].map((value): Field => [
    "prefer",
    value,
    200,
  ]),
  ...["dynamic=true", "dynamic=true, seed=x", "__proto__=1, constructor=2, toString", "example=created"].map(
    (value): Field => ["prefer", value, 200],
  ),
  ...["code=400", "CODE = 400", 'code="400"; x', "code=400, code=200"].map((value): Field => ["prefer", value, 400]),
  ...["__proto__", "constructor", "tostring"].map((name): Field => [name, "x", 200]),
  ["x-odd", "\xe9\xff", 200],
  ["origin", '\xff, "x"', 200],
];

type Target = [target: string, status: number];

/** Targets of a POST that a URL can hold. */
export const TARGETS: Target[] = [
  ...["/%zz", "/v2/%", "/%ff", "/v2/%c0%ae%c0%ae/customer", "/v2/customer%e2%82"].map((path): Target => [path, 400]),
  ...["/", "/v2/%2e%2e/x", "/v2/customer%00", "/v2/customer%20", "/v2%2fcustomer", "/V2/customer"].map(
    (path): Target => [path, 404],
  ),
  ...["/v2//customer", "/v2/customer;x", "/__proto__", "/constructor", "/v2/{id}", `/${LONG}`].map((path): Target => [
    path,
    404,
  ]),
  ...["/v2/../v2/customer", "/v2/%2e/customer", "/v2/c%75stomer", "/v2/customer?", "/v2/customer?__proto__=1&a&=&"].map(
    (path): Target => [path, 200],
  ),
  // Prism takes it for the path of one customer, whose id is empty.
  ["/v2/customer/", 405],
  ["/v2/customer?__code=abc", 422],
  ["/v2/customer?__code=200&__code=400", 422],
  ["/v2/customer?____proto__=1&__constructor=1", 200],
];
