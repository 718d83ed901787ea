// Applies what the server pushes. Rows and messages come as HTML with an id; a list keeps them in the order of data-rank.
import { arrived, due, given, waiting } from "./notify.js";
import { tick } from "./clocks.js";
import { tellSeen } from "./seen.js";
import { streamOf } from "./stream.js";
import { whileListening } from "./tabs.js";
import { toastOnNextPage } from "./toasts.js";
import { backInPlace, holdPlace, isAtEnd, moreBelow, startScrolling, toTheEnd } from "./scrolling.js";

const body = document.body;
let typingEnds = 0;

export function startLive() {
  const place = document.getElementById("live");
  if (!place) return;
  body.addEventListener("htmx:beforeSwap", keepOpenMenu);
  body.addEventListener("htmx:beforeSwap", holdPlace);
  body.addEventListener("htmx:afterSwap", (event) => {
    tick();
    followOwner();
    tellSeen();
    if (event.detail.target.id === "call") callChanged();
    if (event.detail.target.id === "talk") backInPlace();
  });
  body.addEventListener("htmx:responseError", (event) => say(refusal(event.detail.xhr.responseText)));
  followOwner();
  startScrolling();
  toTheEnd(document.getElementById("messages"));
  const stream = streamOf(place.dataset.stream, place.dataset.mark, { opened: () => connection(true), cut, news: apply });
  whileListening(stream.open, () => { stream.close(); delete place.dataset.open; });
}

// A cut may be the end of the session: asking for a part leads to the login then.
function cut() {
  connection(false);
  if (navigator.onLine) refresh("alerts");
}

function refresh(...parts) {
  for (const part of parts) htmx.trigger(body, `refresh-${part}`);
}

// A colleague's note must not close the menu in which somebody is choosing; a change of owner does.
function keepOpenMenu(event) {
  const { target, serverResponse } = event.detail;
  if (target.id !== "actions" || !target.querySelector("details[open]")) return;
  if (serverResponse.includes(`data-owner="${target.dataset.owner}"`)) event.detail.shouldSwap = false;
}

function connection(good) {
  const place = document.getElementById("live");
  if (good) place.dataset.open = "1";
  else delete place.dataset.open;
  document.getElementById("connection").hidden = good;
}

function apply(type, data) {
  if (type === "upsert") upsert(data);
  else if (type === "gone") document.getElementById(data)?.remove();
  else if (type === "refresh") refresh(data);
  else if (type === "stale") refresh("list", "conversation", "call", "case", "alerts");
  else if (type === "counts") counts(JSON.parse(data));
  else if (type === "arrived") arrived(JSON.parse(data));
  else if (type === "waiting") waitingFor(JSON.parse(data));
  else if (type === "given") given(JSON.parse(data));
  else if (type === "due") due(JSON.parse(data));
  else if (type === "typing") typing(JSON.parse(data).citizen);
  else if (type === "seen") refresh("conversation");
  else if (type === "erased") leaveErased();
  else if (type === "viewers") setText("viewers", JSON.parse(data).text);
}

// Nothing of it may stay on a screen; whoever followed it is told why it is gone.
function leaveErased() {
  toastOnNextPage("La personne a effacé sa conversation : la demande n'existe plus.");
  location.replace("/console/");
}

// While the call goes on its newest words stay in sight; when it is over they are messages of the conversation.
function callChanged() {
  const said = document.querySelector("#call ol");
  if (said) said.scrollTop = said.scrollHeight;
  else refresh("conversation");
}

// The case that is open in front of somebody needs no announcement.
function waitingFor(found) {
  if (document.hidden || document.getElementById("reply")?.dataset.case !== String(found.id)) waiting(found);
}

export function upsert(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.firstElementChild;
  const list = fresh && document.getElementById(fresh.dataset.into);
  if (!list) return;
  const old = document.getElementById(fresh.id);
  const wasAtEnd = isAtEnd(list);
  if (old) replace(old, fresh);
  else {
    insert(list, fresh);
    fresh.classList.add("fresh");
  }
  htmx.process(fresh);
  tick();
  if (list.id === "messages") {
    if (fresh.classList.contains("citizen")) typing(false);
    if (wasAtEnd) toTheEnd(list);
    else if (!old) moreBelow();
    tellSeen();
  }
}

// The row that has the focus, or is the open case, stays so.
function replace(old, fresh) {
  const current = old.querySelector("a[aria-current]");
  if (current) fresh.querySelector("a")?.setAttribute("aria-current", "page");
  const focused = old.contains(document.activeElement) ? document.activeElement.tagName : "";
  if (old.dataset.rank === fresh.dataset.rank) old.replaceWith(fresh);
  else { old.remove(); insert(document.getElementById(fresh.dataset.into), fresh); }
  if (focused) fresh.querySelector(focused.toLowerCase())?.focus();
}

function insert(list, fresh) {
  const after = [...list.children].find((item) => item.dataset.rank > fresh.dataset.rank);
  list.insertBefore(fresh, after ?? null);
}

function counts(numbers) {
  for (const [name, number] of Object.entries(numbers))
    for (const place of document.querySelectorAll(`[data-count="${name}"]`)) place.textContent = number;
  for (const tag of document.querySelectorAll("[data-full]")) tag.hidden = numbers.followed < Number(tag.dataset.full);
}

function typing(citizen) {
  clearTimeout(typingEnds);
  setText("typing", citizen ? "La personne écrit…" : "");
  if (citizen) typingEnds = setTimeout(() => setText("typing", ""), 6000);
}

// The reply box belongs to the owner: it opens and closes with the ownership, also when a colleague changed it.
function followOwner() {
  const actions = document.getElementById("actions");
  const reply = document.getElementById("reply");
  if (!actions || !reply) return;
  const mine = actions.dataset.owner === "me";
  reply.hidden = !mine;
  const note = document.getElementById("not-mine");
  note.hidden = mine;
  note.textContent = actions.dataset.said;
}

function setText(id, text) {
  const place = document.getElementById(id);
  if (place && place.textContent !== text) place.textContent = text;
}

export function say(text) {
  setText("said", "");
  setText("said", text);
}

export function refusal(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return "Le service ne répond pas. Réessayez dans un instant.";
  }
}
