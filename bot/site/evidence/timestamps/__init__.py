"""Time stamps of the ledger (RFC 3161): requests, replies, checks and files."""
