/* Reads messages aloud with the device's own voice, only when asked. */

export const canSpeak = typeof speechSynthesis !== "undefined";

export function speak(text) {
  const words = new SpeechSynthesisUtterance(text.replace(/https?:\/\/\S+/g, ""));
  words.lang = "fr-FR";
  words.rate = 0.95;
  speechSynthesis.speak(words);
}

export function hush() {
  if (canSpeak) speechSynthesis.cancel();
}
