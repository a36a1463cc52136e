import { compareWithStock } from "../stock-comparison.ts";

compareWithStock(25);
