import { compareValues } from "../every-answer.ts";

// What Prism makes up for Box fits in 253 of 296 operations, and in 249 when it is made up by chance.
compareValues({ "box.json": [296, 12], "meilisearch.json": [113, 6], "museum.yaml": [8, 0] });
