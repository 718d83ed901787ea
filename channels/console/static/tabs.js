// Several tabs of one advisor. A browser opens six connections to a server and no more: a stream in every tab would leave none to
// work with. So the tab in front listens, and one tab behind, chosen by the browser's lock, that goes on announcing what arrives.
const channel = "BroadcastChannel" in window ? new BroadcastChannel(`pm-console:${document.body.dataset.account}`) : null;
let keeper = !navigator.locks; // no locks (plain http, not on this machine): every tab listens, as if it were alone

// `open` when this tab is to listen, `close` when it is not; called again at each change.
export function whileListening(open, close) {
  const turn = () => (document.hidden && !keeper ? close() : open());
  document.addEventListener("visibilitychange", turn);
  navigator.locks?.request(`pm-console:${document.body.dataset.account}`, () => {
    keeper = true;
    turn();
    return new Promise(() => {}); // held as long as the tab lives
  });
  turn();
}

// To every other tab.
export function tell(message) {
  channel?.postMessage(message);
}

export function onTold(listener) {
  channel?.addEventListener("message", (event) => listener(event.data));
}
