/* The options of a conversation: read it easily or aloud, keep it, rate it, erase it. A disclosure, so that Tab and Esc do what people expect. */
import { h } from "./dom.js";
import { T } from "./texts.js";

/** @param actions {easy, speak?, recap, copy, download, print, rate, erase}: what each item does */
export function createMenu(actions, { easy, spoken }) {
  const list = h("ul", { class: "menu", id: "pm-menu", hidden: true, role: "list" });
  const toggle = h("button", { type: "button", class: "icon", "aria-expanded": "false", "aria-controls": "pm-menu" }, T.menu);
  const show = (visible) => {
    list.hidden = !visible;
    toggle.setAttribute("aria-expanded", String(visible));
  };
  const item = (label, act) => h("li", {}, h("button", { type: "button", onclick: () => { show(false); toggle.focus(); act(); } }, label));
  const check = (label, on, act) => h("li", {}, h("label", {}, h("input", { type: "checkbox", checked: on, onchange: (event) => act(event.target.checked) }), label));
  list.append(
    check(T.easy, easy, actions.easy),
    ...(actions.speak ? [check(T.speak, spoken, actions.speak)] : []),
    item(T.recap, actions.recap), item(T.copy, actions.copy), item(T.download, actions.download), item(T.print, actions.print),
    item(T.rate, actions.rate), item(T.erase, actions.erase));
  toggle.addEventListener("click", () => show(list.hidden));
  return { toggle, list, isOpen: () => !list.hidden, hide: () => show(false) };
}
