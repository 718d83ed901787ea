"""The questions that narrow a list of courses: one action per file, as Rasa's form calls them."""
