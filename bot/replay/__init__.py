"""Recordings played again: the replay server, the demo's reconstruction, replay."""
