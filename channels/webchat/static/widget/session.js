/* The conversation's key on this device. Nothing is written before the person opens the chat. Shared by the tabs of one site. */

const KEY = "parcours-metiers";

export function readSession() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return kept && Date.parse(kept.expires_at) > Date.now() ? kept : null;
  } catch {
    return null; // storage forbidden or unreadable: the conversation lives as long as the page
  }
}

export function writeSession(session) {
  try {
    localStorage.setItem(KEY, JSON.stringify(session));
  } catch {
    /* private browsing: kept in memory only */
  }
}

export function forgetSession() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    /* nothing was kept */
  }
}

/** Calls back when another tab starts or erases the conversation. */
export function onOtherTab(listener) {
  const heard = (event) => event.key === KEY && listener(readSession());
  addEventListener("storage", heard);
  return () => removeEventListener("storage", heard);
}

const OPTIONS = "parcours-metiers-options";

export function readOptions() {
  try {
    return JSON.parse(localStorage.getItem(OPTIONS)) || {};
  } catch {
    return {};
  }
}

export function writeOptions(options) {
  try {
    localStorage.setItem(OPTIONS, JSON.stringify(options));
  } catch {
    /* the choice holds for this page */
  }
}
