"""How citizens write French, brought to normal forms: words with offsets, SMS spelling, folded accents."""
