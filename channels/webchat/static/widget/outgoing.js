/* What the person sends: shown at once, sent one after the other, kept until the server has it,
   on this device too: a page that is closed before finds it again. Never twice: the key stays the same. */
import { Refused, Unreachable } from "./api.js";
import { delay, pause } from "./backoff.js";
import { dropUnsent, keepUnsent, keptUnsent } from "./session.js";

let rank = 0; // of those of one millisecond

export class Outgoing {
  /** @param onState called with an entry whenever its state changes: "waiting", "sent" or "refused" */
  constructor(api, { onState, onAnswer, onNetwork, onExpired }) {
    Object.assign(this, { api, onState, onAnswer, onNetwork, onExpired });
    this.queue = [];
    this.busy = false;
  }

  /** @param body {text} or {action}; @param label what the person sees of it */
  add(body, label) {
    const entry = { key: newKey(), body, label, state: "waiting", seq: null, sentAt: new Date().toISOString() };
    this.#push(entry);
    return entry;
  }

  retry(entry) {
    entry.state = "waiting";
    this.#push(entry);
  }

  clear() {
    for (const entry of [...this.queue, ...keptUnsent()]) dropUnsent(entry.key);
    this.queue = [];
  }

  /** Takes up what an earlier page could not send; `arrived`: the keys of what the server has all the same. */
  takeUp(arrived) {
    const mine = new Set(this.queue.map((entry) => entry.key));
    for (const entry of keptUnsent()) {
      if (arrived.has(entry.key)) dropUnsent(entry.key);
      else if (!mine.has(entry.key)) this.#push({ ...entry, state: "waiting", seq: null });
    }
  }

  /** No conversation can be opened: says so on everything that waits for it. */
  refuseAll(reason) {
    for (const entry of this.queue) {
      entry.reason = reason;
      this.#done(entry, "refused");
    }
  }

  #push(entry) {
    this.queue.push(entry);
    keepUnsent({ key: entry.key, body: entry.body, label: entry.label, sentAt: entry.sentAt, rank: String(rank++).padStart(6, "0") });
    this.onState(entry);
    this.#work();
  }

  async #work() {
    if (this.busy) return;
    this.busy = true;
    for (let attempt = 0; this.queue.length; ) attempt = await this.#try(this.queue[0], attempt);
    this.busy = false;
  }

  /* Sends the first entry once; gives the number of the next try (0: go on with the next entry). */
  async #try(entry, attempt) {
    const { token } = this.api;
    try {
      if (!token) throw new Unreachable(); // the session is still being opened
      const answer = await this.api.sendMessage(entry.body, entry.key);
      if (token !== this.api.token) return 0; // stored in a conversation that is over: again, in the new one
      this.onNetwork("online");
      this.#done(entry, "sent", answer.accepted.seq);
      this.onAnswer(answer);
      return 0;
    } catch (error) {
      return this.#failed(entry, attempt, token, error);
    }
  }

  async #failed(entry, attempt, token, error) {
    if (error instanceof Refused && error.status !== 401) {
      entry.reason = error.message;
      this.#done(entry, "refused");
      return 0;
    }
    const renewed = error instanceof Refused && (await this.onExpired(token).catch(() => false));
    if (renewed) return 0;
    if (token) this.onNetwork(error.state || "offline");
    await pause(Math.max(error.after || 0, token ? delay(attempt) : 300));
    return attempt + 1;
  }

  #done(entry, state, seq = null) {
    this.queue = this.queue.filter((other) => other !== entry);
    dropUnsent(entry.key);
    Object.assign(entry, { state, seq });
    this.onState(entry);
  }
}

/** A random UUID, also on pages without HTTPS, where crypto.randomUUID is missing. */
function newKey() {
  return crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
}
