"""The file of an SQLite store with its marks, and its lock, records and copies."""
