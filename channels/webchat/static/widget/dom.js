/* A small hand with the DOM: text is always text, never HTML. */

import { T } from "./texts.js";

/** h("button", {class: "x", onclick: f, "aria-label": "…"}, child, …) */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Brackets belong to an address when they are closed in it; French quotes, apostrophes and the ends of sentences never do.
export const LINK = /https?:\/\/(?:\([^\s<>"'’«»()]*\)|[^\s<>"'’«»()…])*(?:\([^\s<>"'’«»()]*\)|[^\s<>"'’«»()….,;:!?])/g;

/** Text with its web addresses made links, line by line. */
export function linked(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(from, found.index), link(found[0], found[0]));
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}

/** A link that opens beside the conversation, `more` said but not shown; anything but http(s), tel or mailto stays plain text. */
export function link(address, label, base = location.href, more = "") {
  let url;
  try {
    url = new URL(address, base);
  } catch {
    return document.createTextNode(label);
  }
  if (!["http:", "https:", "tel:", "mailto:"].includes(url.protocol)) return document.createTextNode(label);
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, label, h("span", { class: "sr" }, more + T.newWindow));
}

const EMERGENCY = /\b(3114|3018|3919|119|114|112|115|18|17|15)\b/;

/** An urgent text with its numbers one touch away; 114 is reached by SMS. */
export function withEmergencyNumbers(text) {
  return text.split(EMERGENCY).map((part, index) => (index % 2 ? h("a", { href: `${part === "114" ? "sms" : "tel"}:${part}` }, part) : part));
}
