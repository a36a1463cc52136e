import { startMockServer, type Fault, type MockServer } from "@spherepay/mock";
import { onTestFinished } from "vitest";

/** A mock that listens until the end of the test, and makes the faults in turn. */
export async function startMock(...faults: Fault[]): Promise<MockServer> {
  const mock = await startMockServer();
  onTestFinished(() => mock.close());
  for (const fault of faults) mock.fail(fault);
  return mock;
}
