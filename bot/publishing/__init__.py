"""Delivery of posts, operator alerts and channel checks."""
