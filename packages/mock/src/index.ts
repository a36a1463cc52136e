export { createMock, type Mock, type MockControls, type MockOptions, type MockRequest } from "./mock.ts";
export type { Fault } from "./faults.ts";
export { startMockServer, type MockServer, type MockServerOptions } from "./server.ts";
