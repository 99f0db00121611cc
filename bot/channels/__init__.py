"""The channels that posts are sent to, one module for each kind."""
