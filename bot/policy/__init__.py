"""Rules that decide what is published, where and when; no I/O."""
