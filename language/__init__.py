"""French as it is written and spoken to us: one `Reading` of a message, made once.

Pure: the tables of `tables/` are read at the first use, then nothing is opened. Imports nothing of ours, and only what both
environments have (the standard library and PyYAML).
"""
