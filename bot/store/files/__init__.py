"""The files that belong to an SQLite store besides the database: lock, copies and marks."""
