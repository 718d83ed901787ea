/* The open panel: shows what the conversation tells. Focus moves only when the person does something. */
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { h } from "./dom.js";
import { eraseForm, ratingForm } from "./forms.js";
import { createMenu } from "./menu.js";
import { News } from "./news.js";
import { Unreachable } from "./api.js";
import { adoptSession, noteInSession, readOptions, readSession, writeOptions } from "./session.js";
import { canSpeak, hush, speak } from "./speech.js";
import { css } from "./styles.js";
import { T } from "./texts.js";
import { Transcript } from "./transcript.js";

const TYPING_SHOWN_FOR = 8000; // milliseconds
const OFFLINE_SHOWN_AFTER = 1500;
const FULL_SCREEN = "(max-width: 480px), (max-height: 480px)"; // as in styles.js

export function createPanel({ root, base, options, addStyles, onClose, tell }) {
  addStyles(root, css);
  return new Panel(root, base, options, onClose, tell);
}

class Panel {
  constructor(root, base, options, onClose, tell) {
    Object.assign(this, { base, options, onClose, tell });
    this.page = options.mode === "page";
    this.choices = readOptions();
    this.loud = false;
    this.online = true;
    if (options.session) adoptSession(options.session);
    delete options.session;
    const language = options.language || document.documentElement.lang || "fr";
    this.transcript = new Transcript({ base, language, onPress: (reply) => this.#press(reply), onAsk: (text) => this.#ask(text),
      onRetry: (entry) => this.conversation.outgoing.retry(entry) });
    this.composer = new Composer({ onSend: (text) => this.send(text), onTyping: () => this.#typing(),
      onPerson: () => this.#ask(this.currentMode === "queued" ? T.stopWaiting : T.personAsked) });
    this.conversation = new Conversation({ base, siteKey: options.siteKey, locale: language.slice(0, 16), view: this.#view() });
    this.#build(root);
    this.news = new News(root);
    // Somebody is to answer: told also on the next page, where the chat is closed.
    if (readSession()?.live) this.#start();
  }

  #start() {
    return this.conversation.start().then(() => (this.loud = true));
  }

  #build(root) {
    this.menu = createMenu(this.#menuActions(), { easy: this.choices.easy, spoken: this.choices.speak });
    // Always there, empty or not: a screen reader only listens to what it already knows.
    this.banner = h("p", { class: "banner", role: "status" });
    this.network = h("p", { class: "banner network", role: "status" });
    this.slot = h("div", { class: "slot" });
    this.title = h("h2", { id: "pm-title", tabindex: "-1" }, T.title);
    const close = h("button", { type: "button", class: "icon", "aria-label": T.close, onclick: () => this.close() }, "✕");
    const head = h("div", { class: "head" }, this.title, h("div", { class: "tools" }, this.menu.toggle, this.page ? null : close),
      h("p", { id: "pm-subtitle" }, T.subtitle));
    this.element = h("section", { class: "panel", role: this.page ? "region" : "dialog", "aria-labelledby": "pm-title",
      "aria-describedby": this.page ? null : "pm-subtitle", hidden: true, onkeydown: (event) => this.#key(event) },
      head, this.menu.list, this.network, this.banner, this.transcript.scroller, this.transcript.below, this.slot, this.composer.form,
      this.transcript.live);
    this.element.classList.toggle("easy", Boolean(this.choices.easy));
    // What is typed here is no shortcut of the host page.
    for (const type of ["keydown", "keypress", "keyup"]) this.element.addEventListener(type, (event) => event.stopPropagation());
    root.append(this.element);
    document.addEventListener("visibilitychange", () => this.#read());
    for (const type of ["resize", "scroll"]) window.visualViewport?.addEventListener(type, () => this.#fit());
  }

  /* A keyboard on the screen covers the bottom of the page: the chat keeps to what is left of it. */
  #fit() {
    const { height, offsetTop, scale } = visualViewport;
    if (scale > 1.01) return; // enlarged by hand: nothing moves under the fingers
    this.element.style.setProperty("--tall", `${height}px`);
    this.element.style.setProperty("--top", `${offsetTop}px`);
  }

  /** Shows the panel at once; the rest comes after it is painted. */
  open(focus) {
    if (!this.element.hidden) return;
    this.element.hidden = false;
    this.covers = !this.page && matchMedia(FULL_SCREEN).matches;
    if (this.covers) this.element.setAttribute("aria-modal", "true");
    else this.element.removeAttribute("aria-modal");
    if (document.hidden) this.#opened(focus); // nothing is painted in a tab that is behind
    else requestAnimationFrame(() => setTimeout(() => this.#opened(focus)));
  }

  /* Focus goes to the box, or to the title on a touch screen, to spare the keyboard. */
  #opened(focus) {
    this.transcript.toAnswer();
    if (focus && !this.element.hidden) this.#focusBox(this.title);
    this.#start();
    this.#read();
  }

  /** The element left the page, or came back to it. */
  connected(on) {
    if (on) this.conversation.resume();
    else this.conversation.pause();
  }

  close() {
    if (this.page || this.element.hidden) return;
    hush();
    this.menu.hide();
    this.element.hidden = true;
    this.onClose();
  }

  send(text) {
    this.loud = true;
    if (this.online) this.#notice("");
    this.#working();
    this.conversation.sendText(text);
  }

  #ask(text) {
    this.send(text);
    this.#focusBox(this.transcript.scroller);
  }

  /* The pressed button goes away: one goes on in the box, and elsewhere on a touch screen, where a keyboard would open. */
  #focusBox(otherwise) {
    if (matchMedia("(pointer: fine)").matches) this.composer.focus();
    else otherwise.focus({ preventScroll: true });
  }

  #press(reply) {
    this.loud = true;
    this.#working();
    this.conversation.press(reply);
    this.#focusBox(this.transcript.scroller);
  }

  #key(event) {
    if (event.key === "Tab" && this.covers) return this.#keepInside(event);
    if (event.key !== "Escape") return;
    if (this.menu.isOpen()) {
      this.menu.hide();
      this.menu.toggle.focus();
    } else if (this.slot.childElementCount) this.#closeForm();
    else this.close();
  }

  /* Over the whole screen there is no page to go to behind: Tab turns round inside. */
  #keepInside(event) {
    const all = [...this.element.querySelectorAll("a[href],button,textarea,input,[tabindex='0']")].filter((item) => item.getClientRects().length);
    const [from, to] = event.shiftKey ? [all[0], all[all.length - 1]] : [all[all.length - 1], all[0]];
    const now = this.element.getRootNode().activeElement;
    if (now !== from && !(event.shiftKey && now === this.title)) return;
    event.preventDefault();
    to.focus();
  }

  #view() {
    return {
      message: (message) => this.#message(message),
      pending: (entry) => this.#pending(entry),
      mode: (mode, update) => this.#mode(mode, update),
      network: (state) => this.#network(state),
      typing: (who) => this.#someoneTypes(who),
      seen: (seq) => this.transcript.seen(seq),
      notice: (text) => this.#notice(text),
      readElsewhere: () => this.news.clear(),
      reset: () => this.transcript.clear(),
    };
  }

  #message(message) {
    if (message.author === "advisor" && message.author_name) this.advisor = message.author_name;
    if (message.author !== "citizen") this.#busy("");
    this.composer.expect(message.input);
    this.transcript.add(message, this.loud);
    this.#unseen(message);
    setTimeout(() => this.#read()); // once its number is counted
    if (message.author !== "citizen") this.lastSaid = message.text;
    if (this.loud && this.choices.speak && message.author !== "citizen") speak(message.text);
    this.tell("message", message);
  }

  /* What comes while the panel is closed, or its tab behind, is told outside of it. */
  #unseen(message) {
    const closed = this.element.hidden;
    if (this.page || message.author === "citizen" || message.seq <= this.conversation.read || !(closed || document.hidden)) return;
    this.news.add(this.transcript.who(message), message.text, closed);
  }

  #pending(entry) {
    this.transcript.pending(entry);
    if (entry.state !== "waiting") this.#busy("");
  }

  #mode(mode, update) {
    if (update.advisor_name) this.advisor = update.advisor_name;
    const said = T.mode[mode];
    let text = typeof said === "function" ? said(this.advisor) : said || "";
    if (mode === "queued" && update.queue_position) text += ` ${T.position(update.queue_position)}`;
    if (this.banner.textContent !== text) this.banner.textContent = text;
    this.composer.setMode(mode);
    if (mode !== this.currentMode) {
      this.tell("mode", mode);
      noteInSession({ live: mode === "queued" || mode === "human" });
    }
    this.currentMode = mode;
  }

  /* A line that comes back within the second is nobody's business. */
  #network(state) {
    clearTimeout(this.networkTimer);
    this.online = state === "online";
    if (!this.online) this.networkTimer = setTimeout(() => this.#cutOff(state), OFFLINE_SHOWN_AFTER);
    else if (this.network.textContent === T.offline || this.network.textContent === T.busy) {
      this.#notice("");
      this.transcript.network(true);
      this.transcript.announce(T.back);
    }
  }

  #cutOff(state) {
    this.#notice(T[state]);
    this.#busy(""); // nobody looks for an answer to what has not left
    this.transcript.network(false);
  }

  /* What the person has under their eyes is read: the advisor's screen says so. */
  #read() {
    if (this.element.hidden || document.hidden) return;
    this.news.clear();
    this.conversation.markRead(this.currentMode === "human");
  }

  #typing() {
    if (this.currentMode === "human") this.conversation.api.typing().catch(() => {}); // only a courtesy: losing it loses nothing
  }

  #working() {
    if (this.online && this.currentMode !== "human") this.#busy(T.typing.bot);
  }

  #someoneTypes(who) {
    if (who === "advisor") this.#busy(T.typing.advisor(this.advisor));
  }

  /* A bubble that nobody renews goes away. */
  #busy(text) {
    clearTimeout(this.busyTimer);
    this.transcript.busy(text);
    if (text) this.busyTimer = setTimeout(() => this.transcript.busy(""), TYPING_SHOWN_FOR);
  }

  /* `good`: something was done; the rest are troubles. */
  #notice(text, good = false) {
    this.network.classList.toggle("good", good);
    this.network.textContent = text;
  }

  #menuActions() {
    return {
      easy: (on) => { this.element.classList.toggle("easy", on); this.#choose("easy", on); },
      speak: canSpeak ? (on) => this.#speak(on) : null,
      copy: () => this.#copy(),
      download: () => this.#download(),
      print: () => this.#print(),
      recap: () => this.#recap(),
      rate: () => this.#rate(),
      erase: () => this.#askErase(),
    };
  }

  #choose(name, on) {
    this.choices[name] = on;
    writeOptions(this.choices);
  }

  /* The last answer at once, then each new one. */
  #speak(on) {
    this.#choose("speak", on);
    if (!on) hush();
    else if (this.lastSaid) speak(this.lastSaid);
  }

  /* The server knows this command without having offered it; it asks for the number and for consent. */
  #recap() {
    this.#press({ action: "recap_sms", label: T.recap });
  }

  async #withTranscript(use) {
    try {
      await use(await this.conversation.api.transcript());
    } catch (error) {
      this.#notice(error instanceof Unreachable ? T.offline : T.failed);
    }
  }

  /* What is on screen, at once: some browsers let a page copy only in the moment of the press. */
  async #copy() {
    try {
      await navigator.clipboard.writeText(this.transcript.text());
      this.transcript.announce(T.copied);
    } catch {
      this.#download(); // no clipboard on pages without HTTPS
    }
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
        await this.conversation.api.feedback(score, comment).then(() => this.#notice(T.thanks, true), () => this.#notice(T.failed));
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
          await this.conversation.start();
          this.#notice(T.erased, true);
        } catch {
          this.#notice(T.failed);
        }
      },
    }));
  }
}
