"""Charts of events, and their alt texts, which are made from the same arrays (P4)."""
