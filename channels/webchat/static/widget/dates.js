/* Hours and days in French. By hand: the browser's own formatter takes a whole tenth of a second to wake up on a slow phone. */

const MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

/** « 9:05 » of an instant, where the person is. */
export function hour(instant) {
  const date = new Date(instant);
  return `${date.getHours()}:${String(date.getMinutes()).padStart(2, "0")}`;
}

/** « 1er décembre 2026 » of a day written 2026-12-01; anything else as it is. */
export function day(text) {
  const [, year, month, number] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) || [];
  return MONTHS[month - 1] ? `${number === "01" ? "1er" : Number(number)} ${MONTHS[month - 1]} ${year}` : text;
}
