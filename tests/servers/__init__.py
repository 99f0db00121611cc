"""Servers for tests: real ones, and stand-ins for Mastodon, Telegram and X."""
