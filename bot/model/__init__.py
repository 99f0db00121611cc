"""The nouns of the trade: frozen records, no I/O."""
