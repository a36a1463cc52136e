import { compareShortcuts } from "../shortcuts.ts";

compareShortcuts(12_000);
