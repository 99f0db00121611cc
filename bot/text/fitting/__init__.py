"""How a text is fitted: its length, what is left out first, its writing direction."""
