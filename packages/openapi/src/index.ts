export { fromPointer, toPointer } from "./pointer.ts";
