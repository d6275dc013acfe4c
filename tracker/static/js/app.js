// What script adds to pages that are complete without it.
import { sit } from "./exam.js";
import { focusNews } from "./focus.js";
import { listenForKeys } from "./keys.js";
import { guessZone } from "./zone.js";

guessZone();
focusNews();
sit();
if ("keys" in document.body.dataset) listenForKeys();
