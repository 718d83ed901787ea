/* The list of messages on screen, in the order of their numbers, and beside it a hidden live region that says each new one once.
   The two are apart so that a screen reader never hears the history again (practice of BotFramework-WebChat). */
import { cardList, linesBeside } from "./cards.js";
import { h, link, linked, withEmergencyNumbers } from "./dom.js";
import { createStarters } from "./starters.js";
import { T, frenchOnly, hour } from "./texts.js";

const SPOKEN_FOR = 4000; // milliseconds an announcement stays in the live region
const NEAR = 60; // pixels from the end that still count as the end

export class Transcript {
  /** @param language the page's; @param onPress called with a quick reply; @param onRetry with a refused entry; @param onAsk with a starter question */
  constructor({ base, language, onPress, onRetry, onAsk }) {
    Object.assign(this, { base, onPress, onRetry });
    this.items = new Map();
    this.order = [];
    this.pendings = new Map();
    this.asked = this.anchor = null;
    this.placed = 0;
    this.sticky = false;
    this.seenSeq = 0;
    this.onItsWay = T.waiting;
    this.seenMark = h("p", { class: "state" }, T.seen);
    this.list = h("ol", { class: "messages", role: "list" });
    this.starters = createStarters(onAsk);
    this.bubble = h("p", { class: "typing", hidden: true });
    const [other, sentence] = frenchOnly(language);
    this.scroller = h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": T.conversation },
      sentence && h("p", { class: "foreign", lang: other, dir: "auto" }, sentence),
      h("p", { class: "privacy" }, `${T.privacy} `, link("/donnees", T.privacyMore, base)),
      this.list, this.starters, this.bubble);
    this.live = h("div", { class: "sr", "aria-live": "polite", "aria-relevant": "additions" });
    this.below = h("button", { type: "button", class: "below", hidden: true, onclick: () => this.toEnd() }, T.newMessages);
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // A banner or a form takes room: who was at the end stays there.
    new ResizeObserver(() => this.sticky && this.toEnd()).observe(this.scroller);
  }

  clear() {
    this.items.clear();
    this.order = [];
    this.pendings.clear();
    this.asked = this.anchor = null;
    this.seenSeq = 0;
    this.list.replaceChildren();
    this.live.replaceChildren();
    this.starters.hidden = true;
  }

  /** Shows a stored message at its place; `loud` false while the history is read back. */
  add(message, loud) {
    this.#settleSoon(message.author !== "citizen");
    this.pendings.get(message.client_id)?.remove();
    this.pendings.delete(message.client_id);
    const item = this.#item(message);
    this.#insert(message.seq, item);
    if (message.author === "citizen") this.asked = { id: message.id, item };
    // An answer is read with its question in sight; news of another kind from its own beginning.
    this.anchor = message.in_reply_to && message.in_reply_to === this.asked?.id ? this.asked.item : item;
    if (loud && message.author !== "citizen") this.announce(spoken(this.who(message), message));
  }

  /** The advisor has read up to this number: said under the last of the person's messages that it covers. */
  seen(seq) {
    this.seenSeq = seq;
    this.#settleSoon(false);
  }

  #markSeen() {
    const mine = this.order.filter((seq) => seq <= this.seenSeq && this.items.get(seq).classList.contains("citizen")).pop();
    const item = this.items.get(mine);
    if (item && this.seenMark.parentNode !== item) item.append(this.seenMark);
  }

  /** What is said under messages on their way: they leave now, or once the network is back. */
  network(online) {
    this.onItsWay = online ? T.waiting : T.unsent;
    for (const item of this.pendings.values()) item.querySelector(".state:not(.refused)")?.replaceChildren(this.onItsWay);
  }

  /** The conversation on screen as text: who, when, what. */
  text() {
    return this.order.map((seq) => this.items.get(seq)).map((item) =>
      [...item.querySelectorAll(".who, .bubble p, .card h3")].map((part) => part.textContent).join("\n")).join("\n\n");
  }

  /** Shows what is on its way, was refused, or forgets it once it is stored. */
  pending(entry) {
    if (entry.state === "sent") return;
    let item = this.pendings.get(entry.key);
    if (!item) {
      item = h("li", { class: "message citizen pending" });
      this.pendings.set(entry.key, item);
    }
    this.#settleSoon(false, true);
    this.list.append(item);
    this.anchor = item;
    const refused = entry.state === "refused";
    const state = refused
      ? h("p", { class: "state refused" }, `${T.refused} ${entry.reason} `, h("button", { type: "button", onclick: () => this.onRetry(entry) }, T.retry))
      : h("p", { class: "state" }, this.onItsWay);
    item.replaceChildren(h("p", { class: "sr" }, `${T.you} :`), h("div", { class: "bubble" }, h("p", {}, entry.label)), state);
    if (refused) this.announce(`${T.refused} ${entry.reason}`);
  }

  /* Once a frame, however many messages came: where the view stands, and which choices are still on offer. */
  #settleSoon(isNews, mine = false) {
    if (!this.settling) {
      this.settling = { follow: this.#follows(), isNews: false };
      requestAnimationFrame(() => this.#settle());
    }
    this.settling.follow ||= mine;
    this.settling.isNews ||= isNews;
  }

  #settle() {
    const { follow, isNews } = this.settling;
    this.settling = null;
    this.#offerOnlyLastChoices();
    this.#markSeen();
    if (follow) this.toAnswer();
    else if (isNews) this.below.hidden = false;
  }

  /** Says something once to a screen reader. */
  announce(text) {
    const line = h("p", {}, text);
    this.live.append(line);
    setTimeout(() => line.parentNode?.removeChild(line), SPOKEN_FOR);
  }

  /** Who is busy: « L’assistant cherche… »; nothing hides it. */
  busy(text) {
    const stay = text && this.#follows();
    this.bubble.textContent = text || "";
    this.bubble.hidden = !text;
    if (stay) this.toEnd();
  }

  atEnd() {
    const view = this.scroller;
    return view.scrollHeight - view.scrollTop - view.clientHeight < NEAR;
  }

  toEnd() {
    this.#place(this.scroller.scrollHeight);
  }

  /** To the end, but never past the beginning of what is new: a long answer is read from its beginning. */
  toAnswer() {
    if (this.order.length < 2 && !this.pendings.size) return; // the greeting is read from the top
    const start = this.anchor?.isConnected ? this.anchor.offsetTop - 8 : Infinity;
    this.#place(Math.min(this.scroller.scrollHeight - this.scroller.clientHeight, start));
  }

  #scrolled() {
    this.sticky = this.#isLast();
    if (this.atEnd()) this.below.hidden = true;
  }

  #isLast() {
    return this.order.length > 1 && this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 2;
  }

  #place(top) {
    this.scroller.scrollTop = top;
    this.placed = this.scroller.scrollTop;
    this.sticky = this.#isLast();
    this.below.hidden = true;
  }

  /* The view follows new messages unless the person has scrolled away. */
  #follows() {
    return this.order.length < 2 || this.atEnd() || Math.abs(this.scroller.scrollTop - this.placed) < 4;
  }

  #insert(seq, item) {
    this.items.set(seq, item);
    let at = this.order.length;
    while (at && this.order[at - 1] > seq) at--;
    const next = this.order[at];
    this.order.splice(at, 0, seq);
    this.list.insertBefore(item, next === undefined ? this.#firstPending() : this.items.get(next));
  }

  #firstPending() {
    return this.pendings.size ? this.pendings.values().next().value : null;
  }

  /** Whose message it is, as people read it. */
  who(message) {
    if (message.author === "advisor") return message.author_name || T.advisor;
    if (message.urgent) return T.urgent;
    return { citizen: T.you, bot: T.bot, system: T.system }[message.author] || "";
  }

  #item(message) {
    const write = message.urgent ? withEmergencyNumbers : linked;
    const lines = linesBeside(message).map((line) => h("p", {}, ...write(line)));
    return h("li", { class: `message ${message.author}${message.urgent ? " urgent" : ""}`, "data-seq": message.seq },
      h("p", { class: "who" }, this.who(message), h("span", { class: "sr" }, ", "),
        h("time", { datetime: new Date(message.sent_at).toISOString() }, hour(message.sent_at)), h("span", { class: "sr" }, " : ")),
      h("div", { class: "bubble", dir: "auto" }, ...lines),
      cardList(message, this.base),
      this.#choices(message));
  }

  #choices(message) {
    if (!message.quick_replies?.length) return null;
    return h("ul", { class: "choices", role: "list", "aria-label": T.choices(message.quick_replies.length) },
      ...message.quick_replies.map((reply) => h("li", {}, h("button", { type: "button", onclick: () => this.onPress(reply) }, reply.label))));
  }

  /* Old buttons would answer an old question: only those of the last message stay, and starters only before any question. */
  #offerOnlyLastChoices() {
    const last = this.items.get(this.order[this.order.length - 1]);
    const offered = this.pendings.size || !last ? null : last.querySelector(".choices");
    if (this.offered && this.offered !== offered) this.offered.hidden = true;
    for (const old of this.list.querySelectorAll(".choices:not([hidden])")) old.hidden = old !== offered;
    if (offered) offered.hidden = false;
    this.offered = offered;
    this.starters.hidden = this.order.length !== 1 || Boolean(this.asked) || this.pendings.size > 0 || Boolean(offered);
  }
}

/* What a screen reader hears of a new message: all of its text, and what there is to press after it. */
function spoken(who, { text, cards, quick_replies: choices }) {
  const labels = choices?.map((choice) => choice.label).join(", ");
  return [`${who} : ${text}`, cards?.length && T.cards(cards.length), labels && `${T.choices(choices.length)} : ${labels}`].filter(Boolean).join("\n");
}
