"""What SMS and calls share of Twilio: the account, and the proof that a request is theirs."""
