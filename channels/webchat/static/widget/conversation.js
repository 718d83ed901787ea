/* One conversation: its messages by number, what is on its way, its mode. Knows nothing of the screen: it tells the view. */
import { Api, Refused, Unreachable } from "./api.js";
import { delay, pause } from "./backoff.js";
import { Feed } from "./feed.js";
import { Outgoing } from "./outgoing.js";
import { forgetSession, noteInSession, onOtherTab, readSession, writeSession } from "./session.js";
import { T } from "./texts.js";

export class Conversation {
  /** @param view gets message(), pending(), mode(), network(), typing(), seen(), notice(), reset() */
  constructor({ base, siteKey, locale, view }) {
    this.api = new Api(base);
    Object.assign(this, { siteKey, locale, view });
    this.messages = new Map();
    this.mine = new Map();
    this.last = 0;
    this.network = "online";
    this.read = 0;
    const onNetwork = (state) => this.#network(state);
    this.outgoing = new Outgoing(this.api, {
      onNetwork,
      onState: (entry) => this.#entryChanged(entry),
      onAnswer: (answer) => this.#answered(answer),
      onExpired: (token) => this.#renew(token),
    });
    this.feed = new Feed(this.api, {
      onNetwork,
      after: () => this.last,
      onUpdate: (update) => this.#take(update),
      onRefused: (error) => this.#feedRefused(error),
    });
    onOtherTab((session) => this.#otherTab(session));
    document.addEventListener("visibilitychange", () => document.hidden || this.feed.catchUp());
    addEventListener("pageshow", (event) => event.persisted && this.feed.catchUp());
  }

  /** Takes up the kept conversation, or starts one; retries until the network lets it. */
  start() {
    this.starting ||= this.#start();
    return this.starting;
  }

  async #start() {
    for (let attempt = 0; ; attempt++) {
      try {
        const kept = readSession();
        if (kept) await this.#resume(kept);
        else await this.#begin();
        this.outgoing.takeUp(new Set([...this.messages.values()].map((message) => message.client_id)));
        this.#network("online");
        if (!this.paused) this.feed.start();
        return;
      } catch (error) {
        if (!(error instanceof Unreachable)) return this.#giveUp(error);
        this.#network(error.state);
        await pause(Math.max(error.after, delay(attempt)));
      }
    }
  }

  #giveUp(error) {
    this.starting = null; // opening again, or sending, tries again
    const reason = error instanceof Refused ? error.message : T.failed;
    this.view.notice(reason);
    this.outgoing.refuseAll(reason);
  }

  async #resume(kept) {
    this.api.token = kept.token;
    this.read = Math.max(this.read, kept.read ?? 0);
    try {
      let update;
      do {
        update = await this.api.events(this.last);
        this.#take(update);
      } while (update.messages.length);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.#begin();
    }
  }

  async #begin() {
    const over = this.api.token;
    const session = await this.api.createSession({ locale: this.locale, page_url: location.origin + location.pathname, site_key: this.siteKey });
    // Two tabs may begin at once: the first session written down is that of both, or one would lose what is said in its own.
    const theirs = readSession();
    this.#forget();
    if (theirs && theirs.token !== over) await this.#resume(theirs);
    else this.#adopt(session);
    for (const entry of this.outgoing.queue) this.#entryChanged(entry);
  }

  #adopt(session) {
    this.api.token = session.token;
    writeSession(session);
    this.#take(session);
  }

  /* An empty screen for another conversation. */
  #forget() {
    this.messages.clear();
    this.mine.clear();
    this.last = this.read = 0;
    this.view.reset();
  }

  /* The session that `token` belonged to is over. True when there is one to go on in. */
  async #renew(token) {
    if (token !== this.api.token) return true; // the other loop has renewed it already
    this.renewing ||= this.#begin().finally(() => (this.renewing = null));
    await this.renewing;
    this.view.notice(T.restart);
    this.feed.stop();
    this.feed.start();
    return true;
  }

  /** Taken off the page by its scripts: nothing is asked of the server until it is back. */
  pause() {
    this.paused = true;
    this.feed.stop();
  }

  resume() {
    if (!this.paused) return;
    this.paused = false;
    if (this.api.token) this.feed.start();
  }

  /** The person has what was said so far under their eyes; `tell`: an advisor follows, whose screen says so. */
  markRead(tell) {
    if (this.last <= this.read || !this.api.token) return;
    this.read = this.last;
    noteInSession({ read: this.read });
    if (tell) this.api.seen(this.last).catch(() => {}); // a courtesy to the advisor: losing it loses nothing
  }

  sendText(text) {
    this.start();
    return this.outgoing.add({ text }, text);
  }

  press(reply) {
    return this.outgoing.add({ action: reply.action }, reply.label);
  }

  /** Erases the conversation on the server and here; `start` begins another. */
  async erase() {
    await this.api.deleteSession();
    this.outgoing.clear();
    this.feed.stop();
    forgetSession();
    this.starting = this.api.token = null;
    this.#forget();
  }

  /* Another tab has erased the conversation, or begun one: what waits to be sent goes there. */
  #otherTab(session) {
    if (session?.token === this.api.token && session?.read > this.read) {
      this.read = session.read;
      this.view.readElsewhere();
    }
    if (!this.starting || session?.token === this.api.token) return;
    this.feed.stop();
    this.starting = this.api.token = null;
    if (!session) this.outgoing.clear();
    this.#forget();
    if (session) this.start().then(() => this.outgoing.queue.forEach((entry) => this.#entryChanged(entry)));
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
    for (const message of answer.messages) this.#message(message);
    // After newer news its mode is out of date. Only the feed moves the mark of what was seen.
    if (answer.accepted.seq > this.last) this.view.mode(answer.mode, answer);
  }

  #take(update) {
    for (const message of update.messages) this.#message(message);
    this.last = Math.max(this.last, update.next ?? 0, ...update.messages.map((message) => message.seq));
    this.view.mode(update.mode, update);
    if (update.typing) this.view.typing(update.typing);
    if (update.seen) this.view.seen(update.seen);
  }

  #message(message) {
    if (this.messages.has(message.seq)) return;
    this.messages.set(message.seq, message);
    this.view.message(message);
  }

  #network(state) {
    if (state === this.network) return;
    this.network = state;
    this.view.network(state);
  }

  async #feedRefused(error) {
    if (error.status !== 401) return this.view.notice(error.message);
    try {
      await this.#renew(this.api.token);
    } catch {
      this.starting = null;
      this.start();
    }
  }
}
