"""The build of a whole site from the store."""
