"""Rules on what is published, where and when; pure functions without I/O."""
