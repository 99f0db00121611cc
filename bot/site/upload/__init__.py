"""Copies the report site to where readers read it: a folder, another host, or S3."""
