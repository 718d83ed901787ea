/* Full jitter (any time between nothing and a doubling ceiling): a school's hundred phones do not come back all at once. */

const FIRST = 500;
const CEILING = 20000;

/** Milliseconds to wait before try number `attempt` (0 is the first retry). */
export function delay(attempt, random = Math.random) {
  return random() * Math.min(CEILING, FIRST * 2 ** attempt);
}

/** Resolves after `ms`, or at once when the browser says that the network is back. */
export function pause(ms) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
  });
}
