"""Rules on what is published, where and when."""
