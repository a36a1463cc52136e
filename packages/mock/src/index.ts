export { createMock, type Mock } from "./fetch.ts";
export { startMockServer, type MockServer, type MockServerOptions } from "./server.ts";
export type { Fault, MockControls, MockOptions, MockRequest } from "./types.ts";
