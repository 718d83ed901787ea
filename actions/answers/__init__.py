"""One answer per file: what the assistant says to one intent. Found by `actions.catalogue`."""
