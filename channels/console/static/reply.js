// The reply box. A message shows at once as « Envoi… »; when the send fails it stays, with a retry, and nothing typed is lost.
import { read, write } from "./drafts.js";
import { refusal, say } from "./live.js";
import { toTheEnd } from "./scrolling.js";

const form = () => document.getElementById("reply");
const box = () => document.getElementById("text");
const pending = new Map(); // what is on its way or failed, by key: lines that the server does not know yet
let lastTyping = 0;

export function startReply() {
  if (!form()) return;
  const draft = `draft-${form().dataset.case}`;
  box().value = box().value || read(draft);
  box().addEventListener("input", () => { expand(); write(draft, box().value); tellTyping(); });
  box().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form().requestSubmit(); }
  });
  form().addEventListener("submit", (event) => { event.preventDefault(); submit(draft); });
  document.addEventListener("click", onClick);
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "talk") document.getElementById("messages").append(...pending.values());
  });
  if (new URLSearchParams(location.search).has("repondre") && !form().hidden) box().focus();
  for (const left of JSON.parse(read(unsent()) || "[]")) failed(show(left), left, "Ce message n'est pas parti.");
}

function unsent() {
  return `unsent-${form().dataset.case}`;
}

function submit(draft) {
  const text = box().value.trim();
  if (!text) return;
  const cards = [...document.querySelectorAll("#joined input")].map((input) => input.value);
  const message = { key: crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now(), text, cards };
  box().value = "";
  write(draft, "");
  document.getElementById("joined").replaceChildren();
  document.getElementById("cost").textContent = "";
  keep(message, true);
  send(show(message), message);
  box().focus();
}

// Kept until the server has it: a page that is closed in between finds it again.
function keep(message, waiting) {
  const others = JSON.parse(read(unsent()) || "[]").filter((item) => item.key !== message.key);
  write(unsent(), JSON.stringify(waiting ? [...others, message] : others).replace(/^\[\]$/, ""));
}

function show(message) {
  const item = document.createElement("li");
  item.className = "msg advisor waiting";
  item.dataset.rank = "99999999";
  const text = document.createElement("p");
  text.className = "txt";
  text.textContent = message.text;
  const state = document.createElement("p");
  state.className = "state";
  item.append(text, state);
  const list = document.getElementById("messages");
  list.append(item);
  pending.set(message.key, item);
  toTheEnd(list);
  return item;
}

async function send(item, message) {
  item.classList.remove("unsent");
  item.querySelector(".state").textContent = "Envoi…";
  const data = new FormData();
  data.set("text", message.text);
  for (const card of message.cards) data.append("card", card);
  try {
    const answer = await fetch(form().action, { method: "POST", body: data,
      headers: { "x-csrf-token": document.body.dataset.csrf, "idempotency-key": message.key } });
    if (!answer.ok) throw new Error(refusal(await answer.text()));
    drop(item, message);
    const { seq } = await answer.json();
    if (!document.getElementById(`m-${seq}`)) htmx.trigger(document.body, "refresh-conversation");
  } catch (error) {
    failed(item, message, error instanceof TypeError ? "Pas de connexion." : error.message);
  }
}

function drop(item, message) {
  keep(message, false);
  pending.delete(message.key);
  item.remove();
}

function failed(item, message, why) {
  item.classList.add("unsent");
  const state = item.querySelector(".state");
  state.classList.add("failed");
  state.textContent = `Non envoyé. ${why} `;
  const acts = document.createElement("span");
  acts.className = "acts";
  acts.append(button("Réessayer", () => send(item, message)), button("Reprendre le texte", () => {
    drop(item, message);
    insertText(message.text);
  }));
  state.append(acts);
  say(`Message non envoyé. ${why}`);
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "outline";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function tellTyping() {
  if (Date.now() - lastTyping < 2500) return;
  lastTyping = Date.now();
  fetch(`/console/cases/${form().dataset.case}/typing`, {
    method: "POST", headers: { "x-csrf-token": document.body.dataset.csrf } }).catch(() => { lastTyping = 0; });
}

function onClick(event) {
  const chosen = event.target.closest("[data-insert],[data-join],[data-unjoin]");
  if (!chosen) return;
  if (chosen.dataset.insert) insertText(chosen.dataset.insert);
  else if (chosen.dataset.join) join(chosen.dataset.join, chosen.dataset.title);
  else chosen.closest("li").remove();
  chosen.closest("details")?.removeAttribute("open");
  box().focus();
}

// « /bonjour » and a space become the canned reply of that shortcut.
function expand() {
  const field = box();
  const found = /(^|\s)\/([^\s/]+)\s$/.exec(field.value.slice(0, field.selectionStart));
  const canned = found && document.querySelector(`[data-shortcut="${CSS.escape(found[2])}"]`);
  if (canned) field.setRangeText(canned.dataset.insert, found.index + found[1].length, field.selectionStart, "end");
}

function insertText(text) {
  const field = box();
  const before = field.value.slice(0, field.selectionStart);
  const glue = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(glue + text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function join(reference, title) {
  const list = document.getElementById("joined");
  if ([...list.querySelectorAll("input")].some((input) => input.value === reference)) return;
  const item = document.createElement("li");
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "card";
  input.value = reference;
  const drop = button("Retirer", () => item.remove());
  drop.setAttribute("aria-label", `Retirer la fiche ${title}`);
  item.append(title, " ", drop, input);
  list.append(item);
  htmx.trigger(document.body, "joined");
  say(`Fiche jointe : ${title}`);
}
