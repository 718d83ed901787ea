/* Every sentence that the widget itself says, and how it says hours and days. The assistant's own sentences come from the server. */
export const T = {
  title: "Parcours-Métiers",
  subtitle: "Assistant automatique et conseillers",
  close: "Fermer la conversation",
  menu: "Options",
  conversation: "Conversation",
  label: "Votre message",
  hint: "Entrée pour envoyer, Maj + Entrée pour aller à la ligne",
  send: "Envoyer",
  tooLong: (max) => `Votre message est trop long : ${max} caractères au plus.`,
  you: "Vous",
  bot: "Assistant",
  system: "Parcours-Métiers",
  urgent: "Message important",
  advisor: "Conseiller",
  waiting: "Envoi en cours…",
  unsent: "Pas encore envoyé",
  seen: "Lu",
  refused: "Non envoyé.",
  retry: "Réessayer",
  offline: "Pas de connexion. Vos messages partiront dès qu’elle revient.",
  busy: "Beaucoup de demandes en même temps. Votre message partira dans un instant.",
  back: "La connexion est revenue.",
  failed: "Cela n’a pas marché. Réessayez dans un instant.",
  typing: { bot: "L’assistant cherche…", advisor: (name) => `${name || "Le conseiller"} écrit…` },
  mode: {
    queued: "Un conseiller va vous répondre ici.",
    human: (name) => (name ? `Vous parlez avec ${name}, de l’équipe Parcours-Métiers.` : "Vous parlez avec un conseiller."),
    callback: "Votre rappel est noté.",
    closed: "Le conseiller a terminé. Écrivez pour reprendre.",
  },
  position: (n) => (n === 1 ? "Vous êtes la prochaine personne." : `Vous êtes en position ${n} dans la file.`),
  choices: (n) => (n === 1 ? "1 réponse proposée" : `${n} réponses proposées`),
  cards: (n) => (n === 1 ? "1 fiche" : `${n} fiches`),
  source: "Source",
  collected: (day) => `, consulté le ${day}`,
  unsourced: "À vérifier par l’agence",
  read: "Lire la fiche",
  calendar: "Ajouter à mon agenda",
  map: "Voir sur une carte",
  mapTown: "Voir la commune sur une carte",
  easy: "Affichage facile à lire",
  speak: "Lire les réponses à voix haute",
  person: "Parler à un conseiller",
  personAsked: "Je veux parler à un conseiller",
  stopWaiting: "Ne plus attendre",
  recap: "Recevoir un résumé par SMS",
  copy: "Copier la conversation",
  copied: "Conversation copiée.",
  download: "Télécharger la conversation",
  print: "Imprimer",
  rate: "Donner mon avis",
  erase: "Effacer ma conversation",
  eraseSure: "Effacer toute la conversation ? C’est définitif.",
  eraseYes: "Oui, effacer",
  cancel: "Annuler",
  erased: "Votre conversation est effacée.",
  privacy: "Vos messages servent à vous répondre et sont effacés après un temps fixé. N’écrivez ni nom, ni détail intime.",
  privacyMore: "En savoir plus sur vos données",
  newWindow: " (nouvelle fenêtre)",
  scores: ["Pas du tout utile", "Peu utile", "Moyen", "Utile", "Très utile"],
  rateTitle: "Cette conversation vous a-t-elle aidé ?",
  comment: "Un mot de plus (facultatif)",
  rateSend: "Envoyer mon avis",
  thanks: "Merci pour votre avis.",
  newMessages: "Nouveaux messages ↓",
  unread: (n) => (n === 1 ? " nouveau message" : " nouveaux messages"),
  restart: "La conversation précédente a expiré ; en voici une nouvelle.",
  starters: "Pour commencer, vous êtes…",
  kinds: {
    metier: "Métier", formation: "Formation", service: "Service", dispositif: "Dispositif", aide: "Aide",
    evenement: "Événement", structure: "Lieu d’accueil", terme: "Définition",
  },
};

/* By hand: the browser's own formatter takes a whole tenth of a second to wake up on a slow phone. */
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

/* To who reads another language, in that language; in English for the others. */
const FRENCH_ONLY = new Map([
  ["en", "This chat is in French only. Simple words are enough."],
  ["es", "Este chat es solo en francés. Bastan palabras sencillas."],
  ["de", "Dieser Chat ist nur auf Französisch. Einfache Wörter genügen."],
  ["ar", "هذه المحادثة بالفرنسية فقط. تكفي كلمات بسيطة."],
  ["uk", "Цей чат лише французькою. Достатньо простих слів."],
]);

/** [language, sentence] for a page that is not French (« ar-DZ »…), else []. */
export function frenchOnly(page) {
  const asked = page.slice(0, 2).toLowerCase();
  const code = FRENCH_ONLY.has(asked) ? asked : "en";
  return asked === "fr" ? [] : [code, FRENCH_ONLY.get(code)];
}

/* Questions to begin with, by public: [who, what they often ask]. */
export const STARTERS = [
  ["Au collège", ["Je fais quoi après la 3e ?", "Je cherche un stage de 3e", "J’aime dessiner, quels métiers ?"]],
  ["Au lycée", ["BTS ou BUT ?", "Parcoursup, comment ça marche ?", "Quels métiers avec les animaux ?"]],
  ["Étudiant ou apprenti", ["Je veux me réorienter après ma L1", "Je cherche un employeur pour un apprentissage", "Quelles aides pour le permis ?"]],
  ["Sans école ni emploi", ["C’est quoi le service civique ?", "C’est quoi une école de production ?", "Différence entre E2C et EPIDE ?"]],
  ["Adulte", ["Je veux changer de métier", "C’est quoi la VAE ?", "Une formation avec mon CPF ?"]],
  ["Parent", ["Mon enfant ne va plus en cours", "C’est quoi le café des parents ?", "Quelles études après le bac ?"]],
  ["Enseignant ou entreprise", ["Des ressources sur les métiers pour mes élèves", "Accueillir un stagiaire dans mon entreprise"]],
];
