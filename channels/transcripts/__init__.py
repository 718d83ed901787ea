"""Telephone conversations in writing: parsers of four formats, live transcripts, masking, and what a case needs of them."""
