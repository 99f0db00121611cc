"""The use cases of editors: deciding, review, corrections, causes."""
