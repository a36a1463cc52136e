import { parsed } from "./early.js";
import { initAnnouncement } from "./announcement.js";

await parsed;
initAnnouncement(document, () => localStorage);
