import { compareShortcuts } from "./shortcuts.ts";

compareShortcuts(1000);
