export { createMock, type Mock, type MockOptions } from "./mock.ts";
export { startMockServer, type MockServer, type MockServerOptions } from "./server.ts";
