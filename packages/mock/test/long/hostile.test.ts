import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createMock, type MockServer, startMockServer } from "../../src/index.ts";
import { testGenerated } from "../hostile/generated.ts";
import { measureHeaps } from "../hostile/heaps.ts";
import { post } from "../hostile/post.ts";

const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
const mock = await createMock();
let server: MockServer;
beforeAll(async () => {
  server = await startMockServer();
  // The first of these loads the rest of Prism, which has nothing to do with how long an answer takes.
  await post(mock, undefined, { prefer: "dynamic=true" });
});
afterAll(() => {
  complaints.mockRestore();
  return server.close();
});

testGenerated(mock, () => Number(new URL(server.url).port), { overSockets: 500, inProcess: 2000 });

test("keeps nothing of 80,000 requests that differ, beside its log", async () => {
  const [early = 0, late = Infinity] = await measureHeaps([20_000, 100_000]);
  // 100 bytes of each would be 8 MB.
  expect(late - early).toBeLessThan(1_500_000);
}, 120_000);

test("has never failed to answer", () => {
  expect(complaints).not.toHaveBeenCalled();
});
