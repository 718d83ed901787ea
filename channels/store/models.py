"""Every table in one import: what Alembic compares with, and what a repository file may pick from."""

from __future__ import annotations

from channels.store.account import (
    Account,
    ApiKey,
    AuditEntry,
    CannedReply,
    ConsoleSession,
    KnownDevice,
    LoginAttempts,
    OneTimeLink,
    Role,
)
from channels.store.base import Base
from channels.store.case import (
    OPEN_STATES,
    Alert,
    AlertSeen,
    AlertState,
    Callback,
    CallbackKind,
    CallbackState,
    Case,
    CaseEvent,
    CaseState,
    Note,
    Urgency,
)
from channels.store.conversation import (
    Author,
    Contact,
    ContinuationLink,
    Conversation,
    Feedback,
    Message,
    MessageState,
    Mode,
    OptOutEntry,
    Ticket,
)
from channels.store.outgoing import OutboxRow, OutboxState
from channels.store.person_keys import PersonKey
from channels.store.sign_up import SignUp, SignUpState
from channels.store.team import Duty, ServiceSetting, SettingChange, Team
from channels.store.training import FiledSentence, Verdict

__all__ = [
    "OPEN_STATES", "Account", "Alert", "AlertSeen", "AlertState", "ApiKey", "AuditEntry", "Author", "Base", "Callback",
    "CallbackKind", "CallbackState", "CannedReply", "Case", "CaseEvent", "CaseState", "ConsoleSession", "Contact",
    "ContinuationLink", "Conversation", "Duty", "Feedback", "FiledSentence", "KnownDevice", "LoginAttempts", "Message",
    "MessageState", "Mode", "Note", "OneTimeLink", "OptOutEntry",
    "OutboxRow", "OutboxState", "PersonKey", "Role", "ServiceSetting", "SettingChange", "SignUp", "SignUpState", "Team", "Ticket",
    "Urgency", "Verdict",
]
