"""Replay of recordings: the replay server, the demonstration and the results."""
