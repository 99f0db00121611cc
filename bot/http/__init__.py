"""The HTTP layer of sources and channels."""
