import { describe } from "vitest";
import { describeRefusals } from "./refusals.ts";

// Without JavaScript they are in long/.
describe("in Chromium with JavaScript true", () => {
  describeRefusals(true);
});
