/** What the app's pages cost: time of the server, bytes, and Lighthouse's scores. */
import { benchBytes } from "./bytes.ts";
import { benchLighthouse } from "./lighthouse.ts";
import { benchServerTime } from "./server-time.ts";

await benchServerTime();
await benchBytes();
await benchLighthouse();
