import { createAdaptorServer } from "@hono/node-server";
import { createMock } from "@spherepay/mock";

const mock = await createMock();
createAdaptorServer({ fetch: (request) => mock.fetch(request) }).listen(Number(process.argv[2]), "127.0.0.1");
