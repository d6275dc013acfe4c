// What script adds to pages that are complete without it.
import { focusNews } from "./focus.js";
import { listenForKeys } from "./keys.js";
import { guessZone } from "./zone.js";

guessZone();
focusNews();
// most pages are no paper: they need not load its script
if (document.querySelector("[data-exam]")) import("./exam.js").then((exam) => exam.sit());
if ("keys" in document.body.dataset) listenForKeys();
