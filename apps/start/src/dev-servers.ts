/** The process of `dev` that has the servers. Its parent gives the ports, and sends a message to renew the mock. */
import { runServers } from "./servers.ts";

const { ports, addresses, reloadMock } = await runServers(JSON.parse(process.argv[2]!));
process.on("message", () => {
  reloadMock().then(
    () => process.send!({}),
    (error: Error) => process.send!({ error: error.message }),
  );
});
// However the parent ends.
process.on("disconnect", () => process.exit());
process.send!({ ports, addresses });
