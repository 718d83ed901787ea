/* The conversation's key on this device. Nothing is written before the person opens the chat. Shared by the tabs of one site. */

const KEY = "parcours-metiers";
const OPTIONS = "parcours-metiers-options";
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
