"""The claim linter: compares the claims in a draft with the facts of its event."""
