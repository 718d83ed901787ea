"""Contacts, conversations, messages, cases, call-backs, alerts and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_conversations"
down_revision = "0001_people"
branch_labels = None
depends_on = None

OPEN = "state IN ('queued','human','callback')"
TABLES = (
    "contact", "opt_out_log", "conversation", "case_file", "continuation_link", "feedback", "message",
    "ticket", "alert", "callback", "case_event", "note", "outbox",
)


def upgrade() -> None:
    """Creates the tables, parents first."""
    _contact()
    _opt_out_log()
    _conversation()
    _case_file()
    _continuation_link()
    _feedback()
    _message()
    _ticket()
    _alert()
    _callback()
    _case_event()
    _note()
    _outbox()


def downgrade() -> None:
    """Drops the tables, children first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _contact() -> None:
    op.create_table("contact",
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("phone_hash", name=op.f("uq_contact_phone_hash"))
    )
    op.create_index(op.f("ix_contact_created_at"), "contact", ["created_at"], unique=False)


def _opt_out_log() -> None:
    op.create_table("opt_out_log",
        sa.Column("phone_hash", sa.String(length=64), nullable=False),
        sa.Column("wish", sa.String(length=8), nullable=False),
        sa.Column("word", sa.String(length=24), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opt_out_log"))
    )
    op.create_index(op.f("ix_opt_out_log_created_at"), "opt_out_log", ["created_at"], unique=False)
    op.create_index(op.f("ix_opt_out_log_phone_hash"), "opt_out_log", ["phone_hash"], unique=False)


def _conversation() -> None:
    op.create_table("conversation",
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=True),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("misunderstood", sa.Integer(), nullable=False),
        sa.Column("greeted", sa.Boolean(), nullable=False),
        sa.Column("engine_state", sa.Text(), nullable=True),
        sa.Column("form_state", sa.Text(), nullable=True),
        sa.Column("channel_state", sa.Text(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("citizen_seen_seq", sa.Integer(), nullable=False),
        sa.Column("advisor_seen_seq", sa.Integer(), nullable=False),
        sa.Column("site_key", sa.String(length=64), nullable=True),
        sa.Column("locale", sa.String(length=16), nullable=True),
        sa.Column("page_url", sa.Text(), nullable=True),
        sa.Column("continued_from", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"],
            name=op.f("fk_conversation_contact_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_conversation_token_hash"))
    )
    op.create_index("ix_conversation_contact_channel", "conversation", ["contact_id", "channel", "created_at"],
                    unique=False)
    op.create_index(op.f("ix_conversation_continued_from"), "conversation", ["continued_from"], unique=False)
    op.create_index(op.f("ix_conversation_created_at"), "conversation", ["created_at"], unique=False)
    op.create_index(op.f("ix_conversation_last_activity_at"), "conversation", ["last_activity_at"], unique=False)


def _case_file() -> None:
    op.create_table("case_file",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.Integer(), nullable=True),
        sa.Column("public", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("place_code", sa.String(length=12), nullable=True),
        sa.Column("urgency", sa.String(length=10), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("team", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("summary_parts", sa.Text(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_reply_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_citizen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_advisor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"],
            name=op.f("fk_case_file_conversation_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_case_file_owner_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file"))
    )
    op.create_index(op.f("ix_case_file_conversation_id"), "case_file", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_case_file_created_at"), "case_file", ["created_at"], unique=False)
    op.create_index(op.f("ix_case_file_owner_id"), "case_file", ["owner_id"], unique=False)
    op.create_index("ix_case_file_state_queued", "case_file", ["state", "queued_at"], unique=False)
    op.create_index("uq_case_file_one_open", "case_file", ["conversation_id"], unique=True,
                    sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN))


def _continuation_link() -> None:
    op.create_table("continuation_link",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"],
            name=op.f("fk_continuation_link_conversation_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_continuation_link"))
    )
    op.create_index(op.f("ix_continuation_link_conversation_id"), "continuation_link", ["conversation_id"],
                    unique=False)


def _feedback() -> None:
    op.create_table("feedback",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"],
            name=op.f("fk_feedback_conversation_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback"))
    )
    op.create_index(op.f("ix_feedback_conversation_id"), "feedback", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_feedback_created_at"), "feedback", ["created_at"], unique=False)


def _message() -> None:
    op.create_table("message",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=True),
        sa.Column("client_id", sa.String(length=80), nullable=True),
        sa.Column("author", sa.String(length=8), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("failure", sa.String(length=32), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("intent", sa.String(length=64), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("ranking", sa.Text(), nullable=True),
        sa.Column("understood", sa.Boolean(), nullable=True),
        sa.Column("topic", sa.Integer(), nullable=True),
        sa.Column("in_reply_to", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"],
            name=op.f("fk_message_conversation_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("channel", "provider_id", name=op.f("uq_message_channel_provider_id")),
        sa.UniqueConstraint("conversation_id", "client_id", name=op.f("uq_message_conversation_id_client_id")),
        sa.UniqueConstraint("conversation_id", "seq", name=op.f("uq_message_conversation_id_seq"))
    )
    op.create_index(op.f("ix_message_created_at"), "message", ["created_at"], unique=False)
    op.create_index("ix_message_state_created", "message", ["state", "created_at"], unique=False)


def _ticket() -> None:
    op.create_table("ticket",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"],
            name=op.f("fk_ticket_conversation_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_ticket"))
    )
    op.create_index(op.f("ix_ticket_conversation_id"), "ticket", ["conversation_id"], unique=False)


def _alert() -> None:
    op.create_table("alert",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("theme", sa.String(length=32), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=32), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_alert_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert"))
    )
    op.create_index(op.f("ix_alert_case_id"), "alert", ["case_id"], unique=False)
    op.create_index(op.f("ix_alert_created_at"), "alert", ["created_at"], unique=False)
    op.create_index(op.f("ix_alert_state"), "alert", ["state"], unique=False)


def _callback() -> None:
    op.create_table("callback",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_callback_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback"))
    )
    op.create_index(op.f("ix_callback_case_id"), "callback", ["case_id"], unique=False)
    op.create_index(op.f("ix_callback_created_at"), "callback", ["created_at"], unique=False)
    op.create_index(op.f("ix_callback_phone_hash"), "callback", ["phone_hash"], unique=False)
    op.create_index(op.f("ix_callback_starts_at"), "callback", ["starts_at"], unique=False)


def _case_event() -> None:
    op.create_table("case_event",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("data", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_event_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event"))
    )
    op.create_index(op.f("ix_case_event_case_id"), "case_event", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_event_created_at"), "case_event", ["created_at"], unique=False)


def _note() -> None:
    op.create_table("note",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_note_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note"))
    )
    op.create_index(op.f("ix_note_case_id"), "note", ["case_id"], unique=False)
    op.create_index(op.f("ix_note_created_at"), "note", ["created_at"], unique=False)


def _outbox() -> None:
    op.create_table("outbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("message_id", sa.String(length=32), nullable=True),
        sa.Column("alert_id", sa.String(length=32), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_by", sa.String(length=32), nullable=True),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
        sa.Column("callback_id", sa.String(length=32), nullable=False),
        sa.Column("provider_sid", sa.String(length=64), nullable=True),
        sa.Column("provider_status", sa.String(length=24), nullable=True),
        sa.Column("error_code", sa.String(length=24), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_outbox_alert_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"],
            name=op.f("fk_outbox_conversation_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("callback_id", name=op.f("uq_outbox_callback_id"))
    )
    op.create_index(op.f("ix_outbox_alert_id"), "outbox", ["alert_id"], unique=False)
    op.create_index(op.f("ix_outbox_conversation_id"), "outbox", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_outbox_created_at"), "outbox", ["created_at"], unique=False)
    op.create_index(op.f("ix_outbox_lane"), "outbox", ["lane"], unique=False)
    op.create_index(op.f("ix_outbox_message_id"), "outbox", ["message_id"], unique=False)
    op.create_index(op.f("ix_outbox_provider_sid"), "outbox", ["provider_sid"], unique=False)
    op.create_index("ix_outbox_state_next", "outbox", ["state", "next_attempt_at"], unique=False)
