import { initAnnouncement } from "./announcement.js";

initAnnouncement(document, () => localStorage);
