"""`make panel`: messages played through the whole chain, one page to read and judge, the figures of the verdicts."""
