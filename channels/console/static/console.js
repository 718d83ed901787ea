// The console's pages: everything works without this script except what is live; each module does one thing.
import { startLive } from "./live.js";
import { startReply } from "./reply.js";
import { startKeys } from "./keys.js";
import { startNotify } from "./notify.js";
import { startClocks } from "./clocks.js";
import { startMenus } from "./menus.js";
import { startSeen } from "./seen.js";
import { startToasts } from "./toasts.js";
import { startQuietForms } from "./quiet.js";
import { forgetAll } from "./drafts.js";

startMenus();
startClocks();
startKeys();
startNotify();
startReply();
startLive();
startSeen();
startToasts();
startQuietForms();
document.body.dataset.ready = "1"; // what is pressed from now on is handled here, not by a page load
document.getElementById("log-out")?.addEventListener("submit", forgetAll);
