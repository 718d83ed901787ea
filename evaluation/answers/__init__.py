"""`make eval-answers`: lists of messages that nobody who builds has read, played through the whole helpline and scored."""
