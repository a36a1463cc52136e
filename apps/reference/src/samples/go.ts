import { apiKeyVariable } from "./api-key.ts";
import type { SampleRequest } from "./request.ts";

/** Writes a request with net/http, as gofmt lays it out. */
export function writeGo({ method, url, authenticated, headers, body, errorFields }: SampleRequest): string {
  const imports = [
    ...(errorFields.length > 0 ? ["encoding/json"] : []),
    "fmt",
    "io",
    "log",
    "net/http",
    ...(authenticated ? ["os"] : []),
    ...(body ? ["strings"] : []),
    "time",
  ];
  const settings = [
    ...(authenticated ? [`"Authorization", "Bearer "+os.Getenv("${apiKeyVariable}")`] : []),
    ...Object.entries(headers).map(([name, value]) => `${JSON.stringify(name)}, ${JSON.stringify(value)}`),
  ];
  return `package main

import (
${imports.map((name) => `\t"${name}"\n`).join("")})

func main() {
	log.SetFlags(0)
	url := ${JSON.stringify(url)}
${body ? `\tbody := strings.NewReader(${quote(body.text)})\n` : ""}\
	req, err := http.NewRequest(${JSON.stringify(method)}, url, ${body ? "body" : "nil"})
	if err != nil {
		log.Fatal(err)
	}
${settings.map((setting) => `\treq.Header.Set(${setting})\n`).join("")}
	client := http.Client{Timeout: 30 * time.Second}
	res, err := client.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		log.Fatal(err)
	}
	if res.StatusCode >= 300 {
${refuse(errorFields)}	}
	fmt.Println(string(answer))
}`;
}

/** What a sample does with a refusal: it prints the messages, or the whole body when it is none of the documented ones. */
function refuse(errorFields: string[]): string {
  const answered = `log.Fatalf("The API answered %d\\n%s", res.StatusCode, answer)`;
  if (errorFields.length === 0) return `\t\t${answered}\n`;
  const type = errorFields.reduceRight((inner, name, depth) => {
    const indent = "\t".repeat(depth + 2);
    return `struct {\n${indent}\tMessages ${inner} \`json:"${name}"\`\n${indent}}`;
  }, "json.RawMessage");
  return `\t\tvar refusal ${type}
		if err := json.Unmarshal(answer, &refusal); err != nil {
			${answered}
		}
		log.Fatalf("The API answered %d\\n%s", res.StatusCode, refusal${errorFields.map(() => ".Messages").join("")})
`;
}

/** A raw string shows a body as it is, but can hold neither a backtick nor a carriage return. */
function quote(text: string): string {
  return /[`\r]/.test(text) ? JSON.stringify(text) : `\`${text}\``;
}
