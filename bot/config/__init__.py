"""The TOML configuration: its sections, and how it is read."""
