/* One conversation: its messages by sequence number, what is on its way, its mode. Knows nothing of the screen: it tells the view. */
import { Api, Refused, Unreachable } from "./api.js";
import { delay, pause } from "./backoff.js";
import { Feed } from "./feed.js";
import { Outgoing } from "./outgoing.js";
import { forgetSession, onOtherTab, readSession, writeSession } from "./session.js";
import { T } from "./texts.js";

export class Conversation {
  /** @param view gets message(), pending(), mode(), online(), typing(), notice(), reset() */
  constructor({ base, siteKey, locale, view }) {
    this.api = new Api(base);
    this.siteKey = siteKey;
    this.locale = locale;
    this.view = view;
    this.messages = new Map();
    this.last = 0;
    this.isOnline = true;
    this.outgoing = new Outgoing(this.api, {
      onState: (entry) => this.#entryChanged(entry),
      onAnswer: (answer) => this.#answered(answer),
      onOnline: (online) => this.#online(online),
      onExpired: () => this.#renew(),
    });
    this.feed = new Feed(this.api, {
      after: () => this.last,
      onUpdate: (update) => this.#take(update),
      onOnline: (online) => this.#online(online),
      onRefused: (error) => this.#feedRefused(error),
    });
    this.mine = new Map();
    onOtherTab((session) => this.#otherTab(session));
    document.addEventListener("visibilitychange", () => document.hidden || this.feed.catchUp());
    addEventListener("pageshow", (event) => event.persisted && this.feed.catchUp());
  }

  /** Takes up the kept conversation, or starts one; retries until the network lets it. */
  start() {
    if (!this.starting) this.starting = this.#start();
    return this.starting;
  }

  async #start() {
    for (let attempt = 0; ; attempt++) {
      try {
        const kept = readSession();
        if (kept) await this.#resume(kept);
        else await this.#begin();
        this.#online(true);
        this.feed.start();
        return;
      } catch (error) {
        if (error instanceof Refused) return this.view.notice(error.message);
        this.#online(false);
        await pause(Math.max(error.after || 0, delay(attempt)));
      }
    }
  }

  async #resume(kept) {
    this.api.token = kept.token;
    try {
      let update;
      do {
        update = await this.api.events(this.last);
        this.#take(update);
      } while (update.messages.length);
    } catch (error) {
      if (error instanceof Unreachable) throw error;
      await this.#begin();
    }
  }

  async #begin() {
    const session = await this.api.createSession({ locale: this.locale, page_url: location.origin + location.pathname, site_key: this.siteKey });
    this.#adopt(session);
    this.#take(session);
  }

  #adopt(session) {
    this.messages.clear();
    this.mine.clear();
    this.last = 0;
    this.api.token = session.token;
    writeSession({ session_id: session.session_id, token: session.token, expires_at: session.expires_at });
    this.view.reset();
  }

  async #renew() {
    forgetSession();
    try {
      await this.#begin();
    } catch {
      return false;
    }
    this.view.notice(T.restart);
    for (const entry of this.outgoing.queue) this.#entryChanged(entry);
    return true;
  }

  sendText(text) {
    return this.outgoing.add({ text }, text);
  }

  press(reply) {
    return this.outgoing.add({ action: reply.action }, reply.label);
  }

  async erase() {
    this.outgoing.clear();
    await this.api.deleteSession();
    this.feed.stop();
    forgetSession();
    this.messages.clear();
    this.mine.clear();
    this.last = 0;
    this.starting = null;
    this.view.reset();
  }

  #otherTab(session) {
    if (!this.starting || session?.token === this.api.token) return;
    this.feed.stop();
    this.outgoing.clear();
    this.messages.clear();
    this.last = 0;
    this.view.reset();
    this.starting = null;
    if (session) this.start();
  }

  #entryChanged(entry) {
    this.mine.set(entry.key, entry);
    this.view.pending(entry);
  }

  #answered(answer) {
    const entry = this.mine.get(answer.accepted.client_id);
    // The person's own message first: it carries an earlier number than the answers.
    if (entry) this.#message({ id: answer.accepted.id, seq: answer.accepted.seq, author: "citizen", text: entry.label,
      sent_at: entry.sentAt, client_id: entry.key, quick_replies: [], cards: [] });
    this.#take({ ...answer, partial: true });
  }

  #take(update) {
    for (const message of update.messages) this.#message(message);
    // An answer to one message may skip what came in between: only the feed moves the mark of what was seen.
    if (!update.partial) this.last = Math.max(this.last, update.next ?? 0, ...update.messages.map((message) => message.seq));
    this.view.mode(update.mode, update);
    if (update.typing !== undefined) this.view.typing(update.typing);
  }

  #message(message) {
    if (this.messages.has(message.seq)) return;
    this.messages.set(message.seq, message);
    this.view.message(message);
  }

  #online(online) {
    if (online === this.isOnline) return;
    this.isOnline = online;
    this.view.online(online);
  }

  async #feedRefused(error) {
    this.feed.running = false;
    if (error.status === 401 && (await this.#renew())) this.feed.start();
    else this.view.notice(error.message);
  }
}
