"""The sentence oracle: every published sentence is checked against a world's truth."""
