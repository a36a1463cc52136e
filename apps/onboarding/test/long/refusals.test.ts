import { describe } from "vitest";
import { describeRefusals } from "../refusals.ts";

describe("in Chromium with JavaScript false", () => {
  describeRefusals(false);
});
