/* Starter questions by public, shown until the person has said something: who you are first, then what such people often ask. */
import { h } from "./dom.js";
import { STARTERS, T } from "./texts.js";

/** @param onAsk called with the question chosen */
export function createStarters(onAsk) {
  const questions = h("ul", { class: "choices", role: "list", "aria-live": "polite" });
  const publics = STARTERS.map(([label, asked]) => {
    const button = h("button", { type: "button", "aria-pressed": "false", onclick: () => show(button, asked) }, label);
    return button;
  });
  const show = (chosen, asked) => {
    for (const button of publics) button.setAttribute("aria-pressed", String(button === chosen));
    questions.replaceChildren(...asked.map((text) => h("li", {}, h("button", { type: "button", onclick: () => onAsk(text) }, text))));
    questions.scrollIntoView({ block: "nearest" });
  };
  return h("div", { class: "starters", role: "group", "aria-labelledby": "pm-starters", hidden: true },
    h("p", { id: "pm-starters" }, T.starters), h("div", { class: "publics" }, ...publics), questions);
}
