/* The two short forms of the panel: a rating, and the question asked before erasing. */
import { h } from "./dom.js";
import { T } from "./texts.js";

export function ratingForm({ onRate, onCancel }) {
  const comment = h("textarea", { id: "pm-comment", rows: "2", maxlength: "1000" });
  const scores = T.scores.map((label, index) => h("label", { class: "score" },
    h("input", { type: "radio", name: "pm-score", value: String(index + 1), required: true }),
    h("span", {}, String(index + 1), h("span", { class: "sr" }, ` – ${label}`))));
  const form = h("form", { class: "sheet" },
    h("fieldset", {}, h("legend", {}, T.rateTitle), h("div", { class: "scores" }, ...scores),
      h("p", { class: "ends", "aria-hidden": "true" }, h("span", {}, T.scores[0]), h("span", {}, T.scores[4]))),
    h("label", { for: "pm-comment" }, T.comment), comment,
    h("div", { class: "row" }, h("button", { type: "submit", class: "send" }, T.rateSend), h("button", { type: "button", onclick: onCancel }, T.cancel)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onRate(Number(new FormData(form).get("pm-score")), comment.value.trim() || undefined);
  });
  return form;
}

export function eraseForm({ onErase, onCancel }) {
  return h("form", { class: "sheet", onsubmit: (event) => { event.preventDefault(); onErase(); } },
    h("p", {}, T.eraseSure),
    h("div", { class: "row" }, h("button", { type: "submit", class: "send" }, T.eraseYes), h("button", { type: "button", onclick: onCancel }, T.cancel)));
}
