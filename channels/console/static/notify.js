// A new case is announced: always to screen readers and in the title; by a sound and a notification when the advisor wants it.
// Of several tabs one announces: the tab in front if it hears the news, else the one behind that goes on listening.
import { read, write } from "./drafts.js";
import { say } from "./live.js";
import { onTold, tell } from "./tabs.js";
import { toast } from "./toasts.js";

const BEHIND = 400; // ms that a hidden tab leaves to the one in front
const REMEMBERED = 20000; // ms during which the same news is not announced again
const title = document.title;
const announced = new Map(); // when, by the news' own mark
let unseen = 0;
let sound;

export function startNotify() {
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { seen(); tell({ seen: true }); } });
  onTold((message) => (message.seen ? seen() : another(message.announced)));
  const box = document.getElementById("notify");
  if (!box) return;
  box.checked = read("notify") === "1";
  box.addEventListener("change", async () => {
    write("notify", box.checked ? "1" : "");
    if (box.checked && "Notification" in window) await Notification.requestPermission();
    if (box.checked) ring();
  });
}

export function arrived(found) {
  const urgent = found.urgency === "detresse";
  announce(urgent ? "Message de détresse" : "Nouvelle demande", found.topic, `case-${found.id}`, urgent);
}

// A person who waits in one's own case while one looks elsewhere.
export function waiting(found) {
  announce("Nouveau message", `Demande n° ${found.id}`, `message-${found.id}`);
}

// A colleague hands a case on: it stays on the page, with a link, until it is opened or closed.
export function given(found) {
  toast(found.text, { href: `/console/cases/${found.case}` });
  announce("Demande transmise", found.text, `given-${found.case}`);
}

// A promised call is about to begin: it also stays on the page, with a link to its case.
export function due(found) {
  if (document.getElementById(`due-${found.case}`)) return;
  const line = document.createElement("p");
  line.id = `due-${found.case}`;
  line.className = "banner warn";
  const link = document.createElement("a");
  link.href = `/console/cases/${found.case}`;
  link.textContent = found.text;
  line.append(link);
  document.getElementById("contenu").prepend(line);
  announce("Bientôt", found.text, `due-${found.case}`);
}

function announce(heading, text, tag, urgent = false) {
  if (document.hidden) setTimeout(() => aloud(heading, text, tag, urgent), BEHIND);
  else aloud(heading, text, tag, urgent);
}

function aloud(heading, text, tag, urgent) {
  if (Date.now() - (announced.get(tag) ?? 0) < REMEMBERED) return;
  another(tag);
  tell({ announced: tag });
  say(`${heading} : ${text}`);
  if (read("notify") !== "1") return;
  ring(urgent);
  if (document.hidden && "Notification" in window && Notification.permission === "granted")
    new Notification(heading, { body: text, tag });
}

function another(tag) {
  announced.set(tag, Date.now());
  if (!document.hidden) return;
  unseen += 1;
  document.title = `(${unseen}) ${title}`;
}

function seen() {
  unseen = 0;
  document.title = title;
}

// Two short notes, made here: no file to fetch. Higher for distress.
function ring(urgent = false) {
  sound ??= new AudioContext();
  [0, 0.18].forEach((delay, index) => {
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.value = (urgent ? 880 : 523) * (index ? 1.25 : 1);
    volume.gain.setValueAtTime(0.12, sound.currentTime + delay);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + delay + 0.16);
    tone.connect(volume).connect(sound.destination);
    tone.start(sound.currentTime + delay);
    tone.stop(sound.currentTime + delay + 0.17);
  });
}
