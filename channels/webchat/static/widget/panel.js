/* The open panel: puts the parts together and shows what the conversation tells. Focus moves only when the person does something. */
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { h } from "./dom.js";
import { eraseForm, ratingForm } from "./forms.js";
import { createMenu } from "./menu.js";
import { readOptions, writeOptions } from "./session.js";
import { canSpeak, hush, speak } from "./speech.js";
import { css } from "./styles.js";
import { T } from "./texts.js";
import { Transcript } from "./transcript.js";

const TYPING_SHOWN_FOR = 8000; // a bubble that nobody renews goes away

export function createPanel({ root, api, options, onClose, tell }) {
  return new Panel(root, api, options, onClose, tell);
}

class Panel {
  constructor(root, base, options, onClose, tell) {
    Object.assign(this, { base, options, onClose, tell });
    this.choices = readOptions();
    this.loud = false;
    this.transcript = new Transcript({ base, onPress: (reply) => this.#press(reply), onRetry: (entry) => this.conversation.outgoing.retry(entry) });
    this.composer = new Composer({ onSend: (text) => this.send(text), onTyping: () => this.#typing() });
    this.conversation = new Conversation({ base, siteKey: options.siteKey, locale: "fr", view: this.#view() });
    this.#build(root);
  }

  #build(root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    this.menu = createMenu(this.#menuActions(), { easy: this.choices.easy, spoken: this.choices.speak });
    this.banner = h("p", { class: "banner", role: "status", hidden: true });
    this.network = h("p", { class: "banner network", role: "status", hidden: true });
    this.bubble = h("p", { class: "typing", hidden: true });
    this.slot = h("div", { class: "slot" });
    this.title = h("h2", { id: "pm-title", tabindex: "-1" }, T.title);
    const close = h("button", { type: "button", class: "icon", "aria-label": T.close, onclick: () => this.close() }, "✕");
    const person = h("button", { type: "button", class: "person", onclick: () => this.send(T.personAsked) }, T.person);
    this.element = h("section", { class: "panel", role: "dialog", "aria-labelledby": "pm-title", "aria-describedby": "pm-subtitle", hidden: true,
      onkeydown: (event) => this.#key(event) },
      h("header", {}, h("div", {}, this.title, h("p", { id: "pm-subtitle" }, T.subtitle)), h("div", { class: "tools" }, this.menu.toggle, this.options.mode === "page" ? null : close)),
      this.menu.list, this.network, this.banner, this.transcript.list, this.transcript.below, this.bubble, this.slot, this.composer.form,
      h("footer", {}, person, h("p", {}, T.privacy, h("a", { href: `${this.base}/donnees`, target: "_blank", rel: "noopener" }, T.privacyMore, h("span", { class: "sr" }, " (nouvelle fenêtre)")))),
      this.transcript.live);
    this.element.classList.toggle("easy", Boolean(this.choices.easy));
    root.append(this.element);
  }

  /** Shows the panel at once, then connects; focus goes to the box (or the title on a touch screen, to spare the keyboard). */
  async open() {
    this.element.hidden = false;
    this.transcript.toEnd();
    if (matchMedia("(pointer: fine)").matches) this.composer.focus();
    else this.title.focus();
    this.conversation.start().then(() => setTimeout(() => (this.loud = true), 300));
  }

  close() {
    if (this.element.hidden) return;
    hush();
    this.menu.hide();
    this.element.hidden = true;
    this.onClose();
  }

  send(text) {
    this.loud = true;
    this.#working();
    this.conversation.sendText(text);
  }

  #press(reply) {
    this.loud = true;
    this.#working();
    this.conversation.press(reply);
    // The pressed button goes away: the box is where one goes on, and on a touch screen the list, so that no keyboard opens.
    if (matchMedia("(pointer: fine)").matches) this.composer.focus();
    else this.transcript.list.focus({ preventScroll: true });
  }

  #key(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (this.menu.isOpen()) {
      this.menu.hide();
      this.menu.toggle.focus();
    } else if (this.slot.childElementCount) this.#closeForm();
    else if (this.options.mode !== "page") this.close();
  }

  #view() {
    return {
      message: (message) => this.#message(message),
      pending: (entry) => this.#pending(entry),
      mode: (mode, update) => this.#mode(mode, update),
      online: (online) => this.#online(online),
      typing: (who) => this.#someoneTypes(who),
      notice: (text) => this.#notice(text),
      reset: () => this.transcript.clear(),
    };
  }

  #message(message) {
    if (message.author === "advisor" && message.author_name) this.advisor = message.author_name;
    if (message.author !== "citizen") this.#hideBubble();
    this.transcript.add(message, this.loud);
    if (this.loud && this.choices.speak && message.author !== "citizen") speak(message.text);
    this.tell("message", message);
  }

  #pending(entry) {
    this.transcript.pending(entry);
    if (entry.state !== "waiting") this.#hideBubble();
  }

  #mode(mode, update) {
    this.currentMode = mode;
    const said = T.mode[mode];
    let text = typeof said === "function" ? said(update.advisor_name || this.advisor) : said || "";
    if (mode === "queued" && update.queue_position) text += ` ${T.position(update.queue_position)}`;
    if (this.banner.textContent === text) return;
    this.banner.textContent = text;
    this.banner.hidden = !text;
    this.tell("mode", mode);
  }

  #online(online) {
    this.network.textContent = online ? "" : T.offline;
    this.network.hidden = online;
    if (online) this.transcript.announce(T.back);
  }

  #typing() {
    if (this.currentMode === "human") this.conversation.api.typing().catch(() => {}); // only a courtesy: losing it loses nothing
  }

  #working() {
    if (this.currentMode !== "human") this.#showBubble(T.typing.bot);
  }

  #someoneTypes(who) {
    if (who === "advisor") this.#showBubble(T.typing.advisor(this.advisor));
    else this.#hideBubble();
  }

  #showBubble(text) {
    this.bubble.textContent = text;
    this.bubble.hidden = false;
    clearTimeout(this.bubbleTimer);
    this.bubbleTimer = setTimeout(() => this.#hideBubble(), TYPING_SHOWN_FOR);
  }

  #hideBubble() {
    clearTimeout(this.bubbleTimer);
    this.bubble.hidden = true;
  }

  #notice(text) {
    this.network.textContent = text;
    this.network.hidden = false;
  }

  #menuActions() {
    return {
      easy: (on) => { this.element.classList.toggle("easy", on); this.#choose("easy", on); },
      speak: canSpeak ? (on) => { this.#choose("speak", on); if (!on) hush(); } : null,
      copy: () => this.#copy(),
      download: () => this.#download(),
      print: () => this.#print(),
      rate: () => this.#rate(),
      erase: () => this.#askErase(),
    };
  }

  #choose(name, on) {
    this.choices[name] = on;
    writeOptions(this.choices);
  }

  async #withTranscript(use) {
    try {
      await use(await this.conversation.api.transcript());
    } catch {
      this.#notice(T.offline);
    }
  }

  #copy() {
    return this.#withTranscript(async (text) => {
      await navigator.clipboard.writeText(text);
      this.transcript.announce(T.copied);
    });
  }

  #download() {
    return this.#withTranscript((text) => {
      const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
      h("a", { href: address, download: "conversation-parcours-metiers.txt" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    });
  }

  #print() {
    return this.#withTranscript((text) => {
      const page = open("", "_blank");
      if (!page) return this.#download();
      page.document.title = T.title;
      page.document.body.append(Object.assign(page.document.createElement("pre"), { textContent: text, style: "white-space:pre-wrap" }));
      page.print();
    });
  }

  #showForm(form) {
    this.slot.replaceChildren(form);
    form.querySelector("input, button").focus();
  }

  #closeForm() {
    this.slot.replaceChildren();
    this.composer.focus();
  }

  #rate() {
    this.#showForm(ratingForm({
      onCancel: () => this.#closeForm(),
      onRate: async (score, comment) => {
        this.#closeForm();
        await this.conversation.api.feedback(score, comment).then(() => this.transcript.announce(T.thanks), () => this.#notice(T.offline));
      },
    }));
  }

  #askErase() {
    this.#showForm(eraseForm({
      onCancel: () => this.#closeForm(),
      onErase: async () => {
        this.#closeForm();
        try {
          await this.conversation.erase();
          this.#notice(T.erased);
          await this.conversation.start();
        } catch {
          this.#notice(T.offline);
        }
      },
    }));
  }
}
