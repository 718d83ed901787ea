/* The conversation's key on this device. Nothing is written before the person opens the chat. Shared by the tabs of one site. */

const KEY = "parcours-metiers";
const OPTIONS = "parcours-metiers-options";
const UNSENT = "parcours-metiers-unsent:";
const A_DAY = 86400000; // milliseconds
const memory = {}; // storage may be forbidden: then all of it lives as long as the page

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? memory[key];
  } catch {
    return memory[key];
  }
}

function write(key, value) {
  memory[key] = value;
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    /* kept in memory only */
  }
}

/** The kept session {session_id, token, expires_at}, or null. */
export function readSession() {
  const kept = read(KEY);
  return kept && Date.parse(kept.expires_at) > Date.now() ? kept : null;
}

export function writeSession({ session_id, token, expires_at }) {
  write(KEY, { session_id, token, expires_at });
}

/** Notes something beside the kept session: `read` (up to where it was read), `live` (somebody is to answer in it). */
export function noteInSession(changes) {
  const kept = read(KEY);
  if (kept) write(KEY, { ...kept, ...changes });
}

/** A message on its way, one entry each: tabs do not overwrite each other's. */
export function keepUnsent(entry) {
  try {
    localStorage.setItem(UNSENT + entry.key, JSON.stringify(entry));
  } catch {
    /* storage is forbidden: it lives as long as the page */
  }
}

export function dropUnsent(key) {
  try {
    localStorage.removeItem(UNSENT + key);
  } catch {
    /* nothing was kept */
  }
}

/** What an earlier page could not send within the last day, in order. */
export function keptUnsent() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(UNSENT)).map((name) => JSON.parse(localStorage.getItem(name)))
      .filter((entry) => Date.now() - Date.parse(entry.sentAt) < A_DAY || dropUnsent(entry.key))
      .sort((one, other) => (one.sentAt + one.rank < other.sentAt + other.rank ? -1 : 1));
  } catch {
    return [];
  }
}

export function forgetSession() {
  write(KEY, null);
}

/** Takes up the conversation that a page hands over (the link of an SMS), and takes the link out of the address: it served. */
export function adoptSession(text) {
  writeSession(JSON.parse(text));
  history.replaceState(null, "", "/chat");
}

/** Calls back with what is kept now when another tab starts or erases the conversation. */
export function onOtherTab(listener) {
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    if (!event.newValue) delete memory[KEY];
    listener(readSession());
  });
}

export function readOptions() {
  return read(OPTIONS) || {};
}

export function writeOptions(options) {
  write(OPTIONS, options);
}
