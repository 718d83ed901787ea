"""SMS by Twilio: webhooks, rendering in two segments, sending, reconciliation. `register` plugs it into the services."""

from __future__ import annotations

from channels.services import Services
from channels.sms.deletion import ProviderDeletion
from channels.sms.port import SmsPort
from channels.sms.reconciling import EVERY, Reconciliation
from channels.sms.routes import router
from channels.sms.sender import SmsSender
from channels.telecom.account import TwilioAccount

__all__ = ["register", "router"]


def register(services: Services) -> None:
    """Rendering always; sending, deletion and reconciliation when Twilio is configured."""
    services.ports.register("sms", SmsPort(services.settings, services.sentences))
    account = TwilioAccount.from_settings(services.settings)
    if account is None:
        return
    services.outbox.register(SmsSender(account, services))
    services.outbox.register(ProviderDeletion(account))
    services.every("sms_reconciliation", EVERY, Reconciliation(services, account).run)
    services.at_stop(account.http.close)
