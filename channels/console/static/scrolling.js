// Where the conversation stands: who reads its end stays at its end, who reads above stays there and is told of what comes below.
let held; // where it stood before it is drawn again

const list = () => document.getElementById("messages");
const pill = () => document.getElementById("below");

export function startScrolling() {
  if (!pill()) return;
  pill().addEventListener("click", () => toTheEnd(list()));
  document.addEventListener("scroll", () => { if (list() && isAtEnd(list())) pill().hidden = true; }, { capture: true, passive: true });
}

// Something new that whoever reads above does not see.
export function moreBelow() {
  pill().hidden = false;
}

// The conversation is drawn again (a message was seen, a send was stored).
export function holdPlace(event) {
  if (event.detail.target.id !== "talk") return;
  held = list() && { atEnd: isAtEnd(list()), top: list().parentElement.scrollTop, count: list().childElementCount };
}

export function backInPlace() {
  if (!held || !list()) return;
  if (held.atEnd) return toTheEnd(list());
  list().parentElement.scrollTop = held.top;
  if (list().childElementCount > held.count) moreBelow();
}

// On a wide screen the conversation scrolls by itself; on a narrow one the page does.
export function isAtEnd(messages) {
  const { scrollHeight, scrollTop, clientHeight } = messages.parentElement;
  if (scrollHeight > clientHeight + 1) return scrollHeight - scrollTop - clientHeight < 160;
  const last = messages.lastElementChild;
  return !last || last.getBoundingClientRect().top < window.innerHeight;
}

export function toTheEnd(messages) {
  const log = messages?.parentElement;
  if (!log) return;
  if (pill()) pill().hidden = true;
  if (log.scrollHeight > log.clientHeight + 1) log.scrollTop = log.scrollHeight;
  else if (messages.getBoundingClientRect().bottom > window.innerHeight) messages.lastElementChild?.scrollIntoView({ block: "center" });
}
