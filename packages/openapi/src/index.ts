export { kindOf } from "./media-type.ts";
export { OpenApiError } from "./openapi-error.ts";
export { fromPointer, toPointer } from "./pointer.ts";
export { readApi } from "./read-api.ts";
export { readApiFile } from "./read-api-file.ts";
export { anything } from "./schema.ts";
export type * from "./types.ts";
