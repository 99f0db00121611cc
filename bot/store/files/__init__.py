"""The files beside and around an SQLite store: its lock, copies and marks."""
