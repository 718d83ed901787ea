// Verdicts are kept beside the page by the command that serves it; opened as a file, the page keeps them in the browser.
"use strict";
const NAMES = ["RIGHT", "PARTIAL", "WRONG", "LOST", "HARM"];
const SERVED = location.protocol.startsWith("http");
const KEPT = "panel " + document.title + " " + TURNS.length;
const turns = new Map([...document.querySelectorAll(".turn")].map((element) => [element.dataset.id, element]));
let verdicts = {};
let here = 0;
let saving = Promise.resolve();

const noteOf = (element) => element.querySelector(".note");
const judged = (id) => Boolean(verdicts[id]?.verdict);

function draw(id) {
  const element = turns.get(id);
  const { verdict = "", note = "" } = verdicts[id] ?? {};
  for (const radio of element.querySelectorAll("input[type=radio]")) radio.checked = radio.value === verdict;
  element.classList.remove(...NAMES.map((name) => name.toLowerCase()));
  if (verdict) element.classList.add(verdict.toLowerCase());
  element.toggleAttribute("data-verdict", Boolean(verdict));
  if (noteOf(element) !== document.activeElement) noteOf(element).value = note;
}

function drawTally() {
  const done = TURNS.filter(judged).length;
  document.getElementById("done").textContent = done;
  document.getElementById("meter").style.width = `${(100 * done) / TURNS.length}%`;
  NAMES.forEach((name, index) => {
    const count = TURNS.filter((id) => verdicts[id]?.verdict === name).length;
    document.querySelectorAll("#tally b")[index].textContent = count;
  });
}

function save() {
  const body = JSON.stringify(verdicts);
  localStorage.setItem(KEPT, body);
  if (!SERVED) return say("gardé dans ce navigateur");
  const headers = { "content-type": "application/json" };
  saving = saving.then(() => fetch("/verdicts", { method: "POST", headers, body }))
    .then((answer) => (answer.ok ? say("enregistré") : say("non enregistré", true)))
    .catch(() => say("non enregistré : la commande ne tourne plus. Téléchargez les verdicts.", true));
}

function say(words, failed = false) {
  const saved = document.getElementById("saved");
  saved.textContent = words;
  saved.classList.toggle("failed", failed);
}

function judge(id, verdict) {
  verdicts[id] = { verdict, note: noteOf(turns.get(id)).value };
  draw(id);
  drawTally();
  save();
}

function go(index, focus = true) {
  turns.get(TURNS[here]).classList.remove("here");
  here = Math.max(0, Math.min(TURNS.length - 1, index));
  const element = turns.get(TURNS[here]);
  element.classList.add("here");
  if (!focus) return;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

function step(way) {
  const skip = document.getElementById("left").checked;
  let index = here + way;
  while (skip && judged(TURNS[index])) index += way;
  go(index in TURNS ? index : here);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const id = TURNS[here];
  if (event.target.classList.contains("note")) {
    if (event.key === "Escape" || event.key === "Enter") turns.get(id).focus();
    return;
  }
  const verdict = NAMES[Number(event.key) - 1];
  const keys = {
    j: () => step(1), k: () => step(-1), 0: () => judge(id, ""), n: () => noteOf(turns.get(id)).focus(),
    s: () => turns.get(id).querySelector("details")?.toggleAttribute("open"),
  };
  if (verdict) {
    judge(id, verdict);
    step(1);
  } else if (keys[event.key]) {
    keys[event.key]();
  } else {
    return;
  }
  event.preventDefault();
});

turns.forEach((element, id) => {
  element.addEventListener("focusin", () => go(TURNS.indexOf(id), false));
  element.addEventListener("click", () => go(TURNS.indexOf(id), false));
  element.addEventListener("change", (event) => {
    if (event.target.type === "radio") judge(id, event.target.value);
    else judge(id, verdicts[id]?.verdict ?? "");
  });
});
document.getElementById("left").addEventListener("change", (event) => document.body.classList.toggle("left", event.target.checked));
document.getElementById("download").addEventListener("click", () => {
  const lines = Object.entries(verdicts).map(([id, given]) => JSON.stringify({ id, ...given }) + "\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
  link.download = "verdicts.jsonl";
  link.click();
});

(async () => {
  verdicts = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  if (SERVED) verdicts = { ...(await (await fetch("/verdicts")).json()) };
  TURNS.forEach(draw);
  drawTally();
  const first = TURNS.findIndex((id) => !judged(id));
  go(first < 0 ? 0 : first);
})();
