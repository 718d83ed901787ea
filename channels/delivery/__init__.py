"""What leaves: the outbox and its pace, who said STOP, e-mail, alerts and whom they reach."""
