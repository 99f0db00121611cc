"""The TOML configuration."""
