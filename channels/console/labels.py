"""What codes are called in French, for people's eyes."""

from __future__ import annotations

CHANNELS = {"web": "Chat", "sms": "SMS", "phone": "Téléphone"}
STATES = {"queued": "En attente", "human": "Suivie", "callback": "À rappeler", "abandoned": "Abandonnée", "closed": "Close"}
URGENCIES = {"normale": "Normale", "haute": "Haute", "detresse": "Détresse"}
OUTCOMES = {
    "informe": "Informée", "oriente": "Orientée vers un partenaire", "rendez_vous": "Rendez-vous pris",
    "rappel_fait": "Rappel effectué", "sans_reponse": "Sans réponse de la personne", "hors_champ": "Hors champ",
}
PUBLICS = {
    "collegien": "Collégien ou collégienne", "lyceen": "Lycéen ou lycéenne", "apprenti": "Apprenti ou apprentie",
    "etudiant": "Étudiant ou étudiante", "decrocheur": "Jeune sans solution", "parent": "Parent",
    "demandeur_emploi": "En recherche d'emploi", "salarie": "Salarié ou salariée", "professionnel": "Professionnel",
    "inconnu": "Public non précisé",
}
ROLES = {"conseiller": "Conseiller", "superviseur": "Superviseur", "editeur": "Éditeur", "admin": "Administrateur"}
AUTHORS = {"citizen": "La personne", "bot": "Assistant automatique", "advisor": "Conseiller", "system": "Message automatique"}
MODES = {"bot": "L'assistant répond", "queued": "En attente d'un conseiller", "human": "Un conseiller répond",
         "callback": "Rappel prévu", "closed": "Terminée"}
DELIVERIES = {"pending": "Envoi prévu", "sending": "Envoi en cours", "sent": "Envoyé", "delivered": "Reçu",
              "failed": "Non remis", "blocked": "Non envoyé : la personne a dit STOP"}
SEND_ERRORS = {"no_sender": "envoi de SMS non configuré", "gave_up": "plusieurs essais sans succès",
               "unsure": "envoi incertain", "opted_out": "la personne a dit STOP", "no_smtp": "courriel non configuré"}
ALERTS = {"distress": "Message de détresse", "unclaimed": "Personne ne prend cette demande", "trial": "Essai de l'astreinte",
          "operation": "Le service va mal"}
TROUBLES = {"database": "base de données", "engine": "moteur", "actions": "réponses", "search": "recherche", "redis": "Redis",
            "disk": "disque presque plein", "erasures": "registre des effacements", "backup": "sauvegarde trop ancienne",
            "alerts_unsent": "alerte pas partie", "alerts_unreached": "alerte sans destinataire",
            "unanswered": "messages sans réponse", "sending_stuck": "envois bloqués", "sms_budget": "budget de SMS"}
CALLBACK_STATES = {"planned": "Prévu", "done": "Fait", "no_answer": "Sans réponse", "cancelled": "Annulé"}
CALLBACK_KINDS = {"rappel": "Rappel", "rendez_vous": "Rendez-vous"}
KINDS = {"metier": "Métier", "formation": "Formation", "service": "Service", "dispositif": "Dispositif", "aide": "Aide",
         "evenement": "Événement", "structure": "Lieu d'accueil", "terme": "Définition"}
SLOTS = {"metier": "Métier", "formation": "Formation", "sheet": "Dernière fiche", "place": "Lieu", "level": "Niveau",
         "rhythm": "Rythme", "age": "Âge"}

TOPICS = {
    1: "Découvrir un métier", 2: "Accéder à un métier", 3: "Goûts et métiers", 4: "Salaire", 5: "Recrutement",
    6: "Conditions de travail", 7: "Métiers proches", 8: "Mixité, handicap, âge", 9: "Trouver une formation",
    10: "Comparer", 11: "Après la 3e ou le bac", 12: "Sigles et spécialités", 13: "Affelnet, Parcoursup",
    14: "Affelnet, Parcoursup : bloqué", 15: "Réorientation", 16: "Apprentissage", 17: "Problème de contrat",
    18: "Stage, immersion", 19: "Dispositifs jeunes", 20: "Décrochage", 21: "Structures et horaires",
    22: "CEP, CPF, VAE", 23: "Fraude au CPF", 24: "Aides", 25: "Démission, financement", 26: "Handicap, diplôme étranger",
    27: "Services de l'agence", 28: "Professionnels", 29: "Parler à un conseiller", 30: "Réclamation",
    31: "Détresse, violences", 32: "Hors sujet", 33: "Données personnelles",
}

EVENTS = {
    "queued": "Mise en attente", "claimed": "Prise en charge", "reply": "Réponse envoyée", "note": "Note ajoutée",
    "transferred": "Transmise", "returned": "Rendue à l'assistant", "closed": "Close", "reopened": "Rouverte",
    "requeued": "Remise dans la file", "snoozed": "Mise en pause", "taken_over": "Conversation reprise",
    "stopped_waiting": "La personne a quitté la file", "callback_booked": "Rappel demandé",
    "callback_cancelled": "Rappel annulé", "callback_done": "Rappel effectué", "callback_no_answer": "Rappel sans réponse",
    "callback_moved": "Rappel déplacé", "distress": "Message de détresse",
    "distress_retracted": "Retiré par la personne", "urgency": "Urgence relevée",
    "abandoned": "Abandonnée", "reminded": "Personne ne la prend : alerte donnée", "transcript_imported": "Appel transcrit",
    "woken": "Fin de la pause", "place_told": "Place dans la file redite à la personne",
    "closing_told": "Fermeture annoncée à la personne", "callback_reminded": "Rappel annoncé aux conseillers",
    "person_reminded": "Rappel ou rendez-vous redit à la personne", "callback_planned": "Rappel ou rendez-vous prévu",
    "callback_assigned": "Rappel confié", "call_transfer": "Appel proposé aux conseillers",
    "call_bridged": "Appel pris par un conseiller", "call_not_taken": "Appel que personne n'a pris",
    "caller_hung_up": "La personne a raccroché", "transcription_consent": "Accord demandé pour la transcription",
}
WHY = {"silent": "sans réponse à la personne", "gone": "absent de la console"}

AUDIT = {
    "cases_seen": "a vu la liste", "cases_exported": "a exporté la liste", "training_exported": "a exporté",
    "case_seen": "a ouvert", "case_claimed": "a pris", "case_reply": "a répondu dans", "case_note": "a ajouté une note à",
    "case_transferred": "a transmis", "case_returned": "a rendu à l'assistant", "case_closed": "a clos",
    "case_reopened": "a rouvert", "case_requeued": "a remis dans la file", "case_snoozed": "a mis en pause",
    "case_taken_over": "a repris",
    "case_callback_done": "a noté un rappel fait", "case_callback_no_answer": "a noté un rappel sans réponse",
    "case_callback_moved": "a déplacé un rappel", "case_callback_planned": "a prévu un rappel",
    "case_callback_assigned": "a confié un rappel",
    "callbacks_seen": "a vu les rappels",
    "conversation_seen": "a lu une conversation", "conversations_seen": "a vu les conversations en cours",
    "alert_acknowledged": "a vu l'alerte",
    "login": "s'est connecté", "password_set": "a choisi un mot de passe", "sessions_revoked": "a terminé les sessions",
    "key_created": "a créé une clé d'API", "link_made": "a créé un lien de mot de passe",
    "key_revoked": "a révoqué une clé d'API", "totp_enabled": "a activé la double vérification",
    "totp_reset": "a retiré la double vérification", "sign_ups_seen": "a vu les inscrits de la date",
    "totp_required": "a rendu la double vérification obligatoire",
         "totp_optional": "a laissé la double vérification au choix", "account_created": "a créé le compte",
    "account_changed": "a changé le compte",
    "sentence_filed": "a classé une phrase", "team_saved": "a enregistré l'équipe", "team_deleted": "a supprimé l'équipe",
    "session_added": "a ajouté à l'agenda", "session_cancelled": "a annulé dans l'agenda",
    "session_full": "a dit complet dans l'agenda",
    "session_planned": "a remis à l'agenda", "sheet_added": "a ajouté la fiche", "sheet_corrected": "a corrigé la fiche",
    "sheet_undone": "a annulé une correction de la fiche", "opening_changed": "a changé les horaires",
    "duty_changed": "a changé l'astreinte", "duty_mobile_changed": "a changé le mobile d'astreinte de",
    "session_ended": "a terminé une session de",
    "transcript_imported": "a importé un appel", "person_exported": "a exporté les données",
    "person_erased": "a effacé les données",
}
TARGETS = {"account": "compte", "callback": "rappels", "conversation": "conversations", "alert": "alerte", "sentence": "phrase",
           "team": "équipe", "opening": "horaires", "duty": "compte", "sheet": "fiche",
           "person": "personne", "contact": "personne"}


def topic(number: int | None) -> str:
    """The topic of a case; a request that has none is a request for a person."""
    return TOPICS.get(number or 0, "Parler à un conseiller")
