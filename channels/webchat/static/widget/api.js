/* Speaks to the server: one function a call of the contract. No retry here; an Unreachable error means "try again later". */

/** The server could not be reached ("offline"), or asked to come back later ("busy", `after` in milliseconds). */
export class Unreachable extends Error {
  constructor(state = "offline", after = 0) {
    super(state);
    Object.assign(this, { state, after });
  }
}

/** The server refused; `message` is a French sentence for the person. */
export class Refused extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const RETRY_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

export class Api {
  /** @param {string} base origin of the helpline, for example https://… without a final slash */
  constructor(base) {
    this.base = base;
    this.token = null;
  }

  createSession(body) {
    return this.#call("POST", "/api/chat/sessions", { body, signed: false });
  }

  /** @param {string} key idempotency key: the same key again does nothing twice */
  sendMessage(body, key) {
    return this.#call("POST", "/api/chat/messages", { body, headers: { "Idempotency-Key": key } });
  }

  /** Everything after a sequence number; waits up to `wait` seconds for news. */
  events(after, wait = 0, signal) {
    const query = wait ? `?after=${after}&wait=${wait}` : `?after=${after}`;
    return this.#call("GET", `/api/chat/events${query}`, { signal });
  }

  /** The address of a stream, with a ticket that serves once: the token never stands in an address. */
  async streamAddress(after) {
    const { ticket } = await this.#call("POST", "/api/chat/ticket", { body: {} });
    return `${this.base}/api/chat/stream?after=${after}&ticket=${encodeURIComponent(ticket)}`;
  }

  feedback(score, comment) {
    return this.#call("POST", "/api/chat/feedback", { body: { score, comment } });
  }

  typing() {
    return this.#call("POST", "/api/chat/typing", { body: {} });
  }

  /** How far the person has read: the advisor's screen shows it. */
  seen(seq) {
    return this.#call("POST", "/api/chat/seen", { body: { seq } });
  }

  async transcript() {
    const answer = await this.#fetch("GET", "/api/chat/transcript", {});
    return answer.text();
  }

  deleteSession() {
    return this.#call("DELETE", "/api/chat/session", {});
  }

  async #call(method, path, options) {
    const answer = await this.#fetch(method, path, options);
    return answer.status === 204 ? {} : answer.json();
  }

  async #fetch(method, path, { body, headers = {}, signed = true, signal }) {
    const all = { ...headers };
    if (body !== undefined) all["Content-Type"] = "application/json";
    if (signed && this.token) all.Authorization = `Bearer ${this.token}`;
    let answer;
    try {
      answer = await fetch(this.base + path, {
        method, headers: all, signal, body: body === undefined ? undefined : JSON.stringify(body), credentials: "omit", cache: "no-store",
      });
    } catch {
      throw new Unreachable();
    }
    if (answer.ok) return answer;
    if (RETRY_STATUSES.has(answer.status)) throw new Unreachable("busy", 1000 * Number(answer.headers.get("Retry-After") || 0));
    throw await refusal(answer);
  }
}

async function refusal(answer) {
  const { error } = await answer.json().catch(() => ({}));
  return new Refused(answer.status, error?.code || "error", error?.message || "Votre message n’a pas pu être envoyé.");
}
