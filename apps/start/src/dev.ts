/**
 * `pnpm dev`: runs what `start` runs, and builds at every change of a source. The servers start anew only when their
 * code is another; a new document goes into the running mock, and the reference is read from its files.
 */
import { build, buildAloud, root } from "./build.ts";
import { readBuilt, type Built } from "./built.ts";
import { ending } from "./ending.ts";
import { choosePorts } from "./ports.ts";
import { ServersProcess } from "./servers-process.ts";
import { watchSources } from "./watch-sources.ts";

async function dev(): Promise<void> {
  const servers = new ServersProcess(await choosePorts(process.env));
  let served: Built | undefined;
  let wasBroken = false;
  const changed = new Set<string>();

  async function follow(): Promise<void> {
    const [first, ...others] = changed;
    changed.clear();
    if (first === undefined || ending.aborted) return;
    console.log(`${first}${others.length > 0 ? ` and ${others.length} more` : ""} changed: building…`);
    await update(build);
  }

  async function update(buildNow: typeof buildAloud): Promise<void> {
    const begin = performance.now();
    let failure: Error | undefined;
    try {
      await buildNow(ending);
    } catch (error) {
      failure = error as Error;
    }
    if (ending.aborted) return;
    const built = await readBuilt();
    const outcome = failure ? await serveInPart(built) : await serve(built);
    wasBroken = failure !== undefined;
    if (failure) console.error(`\n${failure.message}\n`);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    if (outcome) console.log(`${failure ? "Failed" : "Built"} in ${seconds} s. ${outcome}\n`);
  }

  /** @returns what has become of the servers; nothing when their addresses say it */
  async function serve(built: Built): Promise<string | undefined> {
    if (!served || !servers.areRunning || served.code !== built.code) {
      served = built;
      return servers.start();
    }
    const renewed = await renew(built, served);
    if (renewed) return `Renewed: ${renewed}. Nothing was restarted.`;
    return wasBroken
      ? "This is the last good state again, which is still served: nothing to restart."
      : "Nothing that is served has changed: nothing to restart.";
  }

  /** A spec that the sample app does not compile with is to be seen in the mock and the reference all the same. */
  async function serveInPart(built: Built): Promise<string> {
    if (!served || !servers.areRunning) return "Nothing is served yet. The next change builds again.";
    const renewed = await renew(built, served);
    if (renewed) return `Renewed all the same: ${renewed}. The rest is served as it was.`;
    return "The last good state is still served.";
  }

  /** @returns what has been renewed without a restart, and what could not be */
  async function renew(built: Built, before: Built): Promise<string> {
    const renewed: string[] = [];
    if (before.document !== built.document) {
      const error = await servers.renewMock();
      renewed.push(error === undefined ? "mock" : `mock (it goes on with the old document: ${error})`);
    }
    if (before.reference !== built.reference) renewed.push("reference");
    served = { ...built, code: before.code };
    return renewed.join(", ");
  }

  let work: Promise<unknown> = Promise.resolve();
  // Before the first build, so that no change is missed.
  await watchSources(root, ending, (paths) => {
    for (const path of paths) changed.add(path);
    work = work.then(follow);
  });
  work = update(buildAloud);
  ending.addEventListener("abort", async () => {
    await work;
    await servers.stop();
    process.exit();
  });
}

try {
  await dev();
} catch (error) {
  console.error(`\n${(error as Error).message}`);
  process.exit(1);
}
