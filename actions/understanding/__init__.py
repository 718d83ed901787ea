"""What a sentence is about: the trade, the course, the place, the person, and whether it asks two things."""
