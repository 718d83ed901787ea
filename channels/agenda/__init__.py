"""People and the agenda: sign-ups, the waiting list, reminders. The sessions themselves are public: knowledge_base/agenda."""
