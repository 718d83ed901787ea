"""Published data: where each source lies, how its format is read, how it is kept fresh."""
