/* The call board: keeps the drawn page true by Socket.IO, and gives every call its time alone.
   Whole panels come with an edition; a missed one, or a heartbeat that names another, asks again. */
import { Stage } from "./board_stage.js";

const QUIET_MS = 10_000;
const LOST_MS = 60_000;
const root = document.getElementById("board");
const stage = new Stage(root, document.documentElement.lang);
const bar = document.getElementById("bar");
const socket = io("/board", { transports: ["websocket"], reconnectionDelay: 300, reconnectionDelayMax: 1000, timeout: 4000 });

let edition = 0;
let heardAt = performance.now();
let asking = false;

function heard() {
  heardAt = performance.now();
  root.classList.remove("lost");
  bar.hidden = true;
}

function watch() {
  if (asking) return;
  asking = true;
  socket.timeout(4000).emit("watch", { center: root.dataset.center, board: "hall" }, (late, answer) => {
    asking = false;
    if (late || answer.error) return;
    edition = answer.edition;
    heard();
    stage.take(answer.panels);
  });
}

function check() {
  const silentMs = performance.now() - heardAt;
  if (silentMs < QUIET_MS) return;
  const lost = silentMs >= LOST_MS;
  const words = lost ? root.dataset.lost : root.dataset.paused.replace("%", stage.time);
  if (bar.textContent !== words) stage.prose(bar, words);
  bar.hidden = false;
  root.classList.toggle("lost", lost);
}

socket.on("connect", () => { asking = false; watch(); });
socket.on("panels", (said) => {
  if (said.edition === edition + 1) {
    edition = said.edition;
    heard();
    stage.take(said.panels);
  } else if (said.edition > edition) watch();
});
socket.on("heartbeat", (beat) => (beat.edition === edition ? heard() : watch()));
// The relay closes a socket it cannot trust; a screen comes back by itself all the same.
socket.on("disconnect", (why) => { if (why === "io server disconnect") setTimeout(() => socket.connect(), 3000); });
setInterval(check, 500);
