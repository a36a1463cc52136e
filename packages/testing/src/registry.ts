import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolPath } from "./tools.ts";
import type { WorkspaceCopy } from "./workspace-copy.ts";

/** A registry that starts empty and knows no other: what it does not have, nobody has published. */
export interface Registry {
  /** Its address, without a slash at the end. */
  url: string;
  /** What an `.npmrc` says to take `@spherepay` packages from it, and to publish them there as a user it knows. */
  npmrc: string;
  /** Frees the port and removes what was published. */
  close(): Promise<void>;
}

/**
 * Starts Verdaccio on a free port of this machine. The tools have to be installed.
 *
 * @throws Error when it lets nobody sign up
 */
export async function startRegistry(): Promise<Registry> {
  const folder = await mkdtemp(join(tmpdir(), "registry-"));
  const { runServer } = (await import(toolPath("verdaccio/build/index.mjs"))) as {
    runServer(configuration: object): Promise<Server>;
  };
  const server = await runServer({
    configPath: folder,
    storage: join(folder, "storage"),
    auth: { htpasswd: { file: join(folder, "htpasswd") } },
    packages: { "@spherepay/*": { access: "$all", publish: "$authenticated" } },
    log: { type: "stdout", format: "pretty", level: "error" },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const user = { name: "releaser", password: "a-password-for-a-test" };
  const answer = await fetch(`${url}/-/user/org.couchdb.user:${user.name}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(user),
  });
  const { token, error } = (await answer.json()) as { token?: string; error?: string };
  if (!token) throw new Error(`The registry lets nobody sign up: ${error}`);

  return {
    url,
    npmrc: `@spherepay:registry=${url}/\n//127.0.0.1:${port}/:_authToken=${token}\n`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
      await rm(folder, { recursive: true });
    },
  };
}

/**
 * Releases a copy of the workspace as the release workflow does, to a registry of this machine.
 *
 * @returns what it printed
 * @throws Error with the same when it fails
 */
export async function release(workspace: WorkspaceCopy, registry: Registry): Promise<string> {
  await workspace.write(".npmrc", registry.npmrc);
  await workspace.write(".git/info/exclude", ".npmrc\n");
  // In a workflow pnpm would ask GitHub for leave to publish, which is not for this registry.
  delete workspace.env["GITHUB_ACTIONS"];
  const { failed, output } = await workspace.run("pnpm", "run", "release");
  if (failed) throw new Error(output);
  return output;
}
