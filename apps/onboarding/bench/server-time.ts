import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { median, printTable, quantile } from "@spherepay/testing/table";
import { fields, newVisitor } from "./visitor.ts";

const rounds = 15;
const requests = 1000;

interface Call {
  url: string;
  headers?: Record<string, string>;
  body?: string;
}

/** CPU time that the server's process spends on a page, beside the least that Hono can serve in the same process. */
export async function benchServerTime(): Promise<void> {
  const server = fork(new URL("servers.ts", import.meta.url));
  const [{ app, hello }] = (await once(server, "message")) as [{ app: string; hello: string }];
  const body = new URLSearchParams(fields).toString();
  const post = { "content-type": "application/x-www-form-urlencoded", "content-length": String(body.length) };

  /** Of a new visitor: the forms that are refused make the app forget the oldest ones. */
  async function callsOfVisitor(): Promise<Record<string, Call>> {
    const { headers, form, result } = await newVisitor(app);
    const browser = { ...headers, "accept-encoding": "gzip, deflate, br" };
    return {
      "hello (GET)": { url: `${hello}/` },
      "hello (POST)": { url: `${hello}/`, headers: post, body },
      home: { url: `${app}/`, headers: browser },
      form: { url: app + form, headers: browser },
      // The customer is read with the client.
      result: { url: app + result, headers: browser },
      // The form of another visitor: refused without a call of the API.
      "form, refused": { url: `${app}/customers/other`, headers: { ...browser, ...post }, body },
    };
  }

  async function cpu(): Promise<number> {
    server.send("cpu");
    const [{ user, system }] = (await once(server, "message")) as [NodeJS.CpuUsage];
    return user + system;
  }

  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const times: Record<string, number[]> = {};
  // The first rounds warm up.
  for (let round = -3; round < rounds; round++) {
    for (const [name, call] of Object.entries(await callsOfVisitor())) {
      const before = await cpu();
      let left = requests;
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          while (left-- > 0) await send(agent, call);
        }),
      );
      const time = ((await cpu()) - before) / requests;
      if (round >= 0) (times[name] ??= []).push(time);
    }
  }
  agent.destroy();
  server.kill();

  const rows = Object.entries(times).map(([name, values]) => {
    const others = times[/POST|refused/.test(name) ? "hello (POST)" : "hello (GET)"]!;
    const ratios = values.map((value, round) => value / others[round]!);
    const spread = `${quantile(ratios, 0.25).toFixed(2)}-${quantile(ratios, 0.75).toFixed(2)}`;
    return [name, median(values).toFixed(0), median(ratios).toFixed(2), spread];
  });
  printTable(
    "CPU time of the server for a page",
    ["Page", "µs", "times hello", "quartiles"],
    rows,
    `medians of ${rounds} rounds of ${requests} requests; a page for a POST beside a hello that reads the same form`,
  );
}

function send(agent: Agent, { url, headers, body }: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent, ...(headers && { headers }), method: body ? "POST" : "GET" }, (response) => {
      response.resume().on("end", resolve);
    })
      .on("error", reject)
      .end(body);
  });
}
