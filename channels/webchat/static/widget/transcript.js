/* The list of messages on screen, in the order of their numbers, and beside it a hidden live region that says each new one once.
   The two are apart so that a screen reader never hears the history again (practice of BotFramework-WebChat). */
import { cardList } from "./cards.js";
import { h, linked } from "./dom.js";
import { T } from "./texts.js";

const TIME = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" });
const SPOKEN_FOR = 4000; // milliseconds an announcement stays in the live region

export class Transcript {
  /** @param onPress called with a quick reply; @param onRetry with a refused entry */
  constructor({ base, onPress, onRetry }) {
    Object.assign(this, { base, onPress, onRetry });
    this.items = new Map();
    this.pendings = new Map();
    this.list = h("ol", { class: "messages", role: "list", tabindex: "0", "aria-label": T.conversation });
    this.live = h("div", { class: "sr", "aria-live": "polite", "aria-atomic": "false" });
    this.below = h("button", { type: "button", class: "below", hidden: true, onclick: () => this.toEnd() }, T.newMessages);
    this.list.addEventListener("scroll", () => this.atEnd() && (this.below.hidden = true), { passive: true });
  }

  clear() {
    this.items.clear();
    this.pendings.clear();
    this.list.replaceChildren();
    this.live.replaceChildren();
  }

  /** Shows a stored message at its place; `loud` false while the history is read back. */
  add(message, loud) {
    this.pendings.get(message.client_id)?.remove();
    this.pendings.delete(message.client_id);
    const stay = this.atEnd() || message.author === "citizen";
    const item = this.#item(message);
    this.items.set(message.seq, item);
    const next = [...this.items.keys()].filter((seq) => seq > message.seq).sort((a, b) => a - b)[0];
    this.list.insertBefore(item, next ? this.items.get(next) : this.#firstPending());
    this.#offerOnlyLastChoices();
    if (loud && message.author !== "citizen") this.announce(`${this.#who(message)} : ${message.text}`);
    if (stay) this.toEnd();
    else this.below.hidden = false;
  }

  /** Shows what is on its way, was refused, or forgets it once it is stored. */
  pending(entry) {
    let item = this.pendings.get(entry.key);
    if (entry.state === "sent") return;
    if (!item) {
      item = h("li", { class: "message citizen pending" });
      this.pendings.set(entry.key, item);
    }
    this.list.append(item);
    const state = entry.state === "refused"
      ? h("p", { class: "state refused" }, `${T.refused} ${entry.reason} `, h("button", { type: "button", onclick: () => this.onRetry(entry) }, T.retry))
      : h("p", { class: "state" }, T.waiting);
    item.replaceChildren(h("p", { class: "sr" }, `${T.you} :`), h("div", { class: "bubble" }, h("p", {}, entry.label)), state);
    if (entry.state === "refused") this.announce(`${T.refused} ${entry.reason}`);
    this.#offerOnlyLastChoices();
    this.toEnd();
  }

  announce(text) {
    const line = h("p", {}, text);
    this.live.append(line);
    setTimeout(() => line.remove(), SPOKEN_FOR);
  }

  atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.below.hidden = true;
  }

  #firstPending() {
    return this.pendings.size ? this.pendings.values().next().value : null;
  }

  #who(message) {
    if (message.author === "advisor") return message.author_name ? `${message.author_name}, ${T.advisor.toLowerCase()}` : T.advisor;
    return { citizen: T.you, bot: T.bot, system: T.system }[message.author] || message.author;
  }

  #item(message) {
    const time = new Date(message.sent_at);
    const lines = message.text.split("\n").map((line) => h("p", {}, ...linked(line)));
    return h("li", { class: `message ${message.author}`, "data-seq": message.seq },
      h("p", { class: "who" }, this.#who(message), h("span", { class: "sr" }, " : ")),
      h("div", { class: "bubble" }, ...lines),
      cardList(message.cards || [], this.base),
      this.#choices(message),
      h("p", { class: "time" }, h("time", { datetime: message.sent_at }, TIME.format(time))));
  }

  #choices(message) {
    if (!message.quick_replies?.length) return null;
    return h("ul", { class: "choices", role: "list", "aria-label": T.choices },
      ...message.quick_replies.map((reply) => h("li", {}, h("button", { type: "button", onclick: () => this.onPress(reply) }, reply.label))));
  }

  /* Old buttons would answer an old question: only those of the last message stay. */
  #offerOnlyLastChoices() {
    const all = [...this.list.querySelectorAll(".message")];
    const last = all.filter((item) => !item.classList.contains("pending")).pop();
    for (const item of all) {
      const choices = item.querySelector(".choices");
      if (choices) choices.hidden = item !== last || this.pendings.size > 0;
    }
  }
}
