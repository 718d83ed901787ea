// One-key shortcuts, only outside of fields, and they can be switched off (WCAG 2.1.4). « ? » lists them.
import { read, write } from "./drafts.js";

export function startKeys() {
  const dialog = document.getElementById("keys");
  const box = document.getElementById("keys-on");
  box.checked = read("keys-off") !== "1";
  box.addEventListener("change", () => write("keys-off", box.checked ? "" : "1"));
  document.getElementById("show-keys").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", sendByKeys);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || dialog.open) return;
    if (event.target.closest("input,textarea,select,[contenteditable]")) return leave(event);
    if (event.key === "Escape") return closeMenus();
    if (!box.checked && event.key !== "?") return;
    if (act(event.key, dialog)) event.preventDefault();
  });
}

// Ctrl+Enter sends the form of the text being written: a note, a word to the person, as the reply does.
function sendByKeys(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.defaultPrevented) return;
  const form = event.target.closest?.("textarea")?.form;
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

// Escape leaves a field, so that the other keys work again.
function leave(event) {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details[open]");
  menu?.removeAttribute("open");
  if (menu) menu.querySelector("summary").focus();
  else event.target.blur();
}

function closeMenus() {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  }
}

function act(key, dialog) {
  if (key === "?") { dialog.showModal(); return true; }
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  if (key === "p" && !document.querySelector('[data-key="p"]')) return press(claimInRow());
  if (!/^[a-z/]$/.test(key)) return false;
  return press(document.querySelector(`[data-key="${key}"]`));
}

function move(step) {
  const links = [...document.querySelectorAll("#cases > li > a")];
  if (!links.length) return false;
  const at = links.indexOf(document.activeElement);
  const from = at >= 0 ? at : links.findIndex((link) => link.hasAttribute("aria-current"));
  links[Math.min(Math.max(from + step, 0), links.length - 1)].focus();
  return true;
}

function claimInRow() {
  return document.activeElement.closest?.("#cases > li")?.querySelector("button");
}

function press(target) {
  if (!target || target.closest("[hidden]")) return false;
  if (target.matches("textarea,input")) target.focus();
  else if (target.matches("summary")) {
    if (!target.parentElement.open) target.click();
    (target.parentElement.querySelector("textarea,select,input:not([type=hidden]),.panel button") ?? target).focus();
  } else target.click();
  return true;
}
