"""One module per family of commands; each talks to people in French."""
