"""The file of an SQLite store, and what belongs to it: marks, lock, records, copies."""
