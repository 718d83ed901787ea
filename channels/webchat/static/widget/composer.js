/* The box where the person writes. */
import { h } from "./dom.js";
import { T } from "./texts.js";

const MAX = 2000;
const TYPING_EVERY = 4000;

/* What is being written outlives a reload of the page, in this tab only. */
const DRAFT = "parcours-metiers-draft";

function keptDraft() {
  try {
    return sessionStorage.getItem(DRAFT) ?? "";
  } catch {
    return "";
  }
}

function keepDraft(text) {
  try {
    if (text) sessionStorage.setItem(DRAFT, text);
    else sessionStorage.removeItem(DRAFT);
  } catch {
    /* storage is forbidden: the draft lives as long as the page */
  }
}

export class Composer {
  /** @param onPerson called when the person asks for an advisor */
  constructor({ onSend, onTyping, onPerson }) {
    this.onSend = onSend;
    this.onTyping = onTyping;
    this.lastTyping = 0;
    this.problem = h("p", { class: "problem", id: "pm-problem", role: "alert" });
    this.person = h("button", { type: "button", class: "person", onclick: onPerson }, T.person);
    this.box = h("textarea", { id: "pm-message", rows: "1", autocomplete: "off", enterkeyhint: "send",
      "aria-describedby": "pm-problem pm-hint", onkeydown: (event) => this.#key(event), oninput: () => this.#input() });
    this.box.value = keptDraft();
    this.form = h("form", { class: "composer", novalidate: true, onsubmit: (event) => this.#submit(event) },
      h("div", { class: "row top" }, h("label", { for: "pm-message" }, T.label), this.person),
      h("span", { id: "pm-hint", hidden: true }, T.hint),
      this.problem,
      h("div", { class: "row" }, this.box, h("button", { type: "submit", class: "send" }, T.send)));
  }

  /** The way to a person, or out of the queue; nothing while a person answers. */
  setMode(mode) {
    this.person.hidden = mode === "human";
    this.person.textContent = mode === "queued" ? T.stopWaiting : T.person;
  }

  /** What is asked for ("tel", "name", "code"), so that the phone offers the right keyboard and what it knows. */
  expect(kind) {
    this.box.autocomplete = kind === "code" ? "one-time-code" : kind || "off";
    this.box.inputMode = { tel: "tel", code: "numeric" }[kind] || "text";
  }

  focus() {
    this.box.focus({ preventScroll: true });
  }

  #submit(event) {
    event.preventDefault();
    const text = this.box.value.trim();
    if (!text) return this.focus();
    if (text.length > MAX) {
      this.problem.textContent = T.tooLong(MAX);
      this.box.setAttribute("aria-invalid", "true");
      return this.focus();
    }
    this.box.value = "";
    this.#input();
    this.onSend(text);
    this.focus();
  }

  #key(event) {
    // 229: the Enter that ends a word of an input method, in browsers that forget isComposing.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && !event.shiftKey && !composing) this.#submit(event);
  }

  #input() {
    this.problem.textContent = "";
    keepDraft(this.box.value);
    this.box.removeAttribute("aria-invalid");
    this.#grow();
    if (this.box.value && Date.now() - this.lastTyping > TYPING_EVERY) {
      this.lastTyping = Date.now();
      this.onTyping();
    }
  }

  /* As high as what is written, up to five lines. */
  #grow() {
    this.box.rows = 1;
    const line = parseFloat(getComputedStyle(this.box).lineHeight) || 24;
    this.box.rows = Math.min(5, Math.max(1, Math.round((this.box.scrollHeight - 20) / line)));
  }
}
