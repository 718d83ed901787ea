// What an advisor typed and did not send yet stays on this device, case by case, until it is sent or they log out.
const prefix = "pm-console:";
const mine = () => `${prefix}${document.body.dataset.account}:`;

export function read(name) {
  try {
    return localStorage.getItem(mine() + name) ?? "";
  } catch {
    return ""; // storage is switched off: drafts live as long as the page
  }
}

export function write(name, text) {
  try {
    if (text) localStorage.setItem(mine() + name, text);
    else localStorage.removeItem(mine() + name);
  } catch {
    return false;
  }
  return true;
}

export function forgetAll() {
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
}
