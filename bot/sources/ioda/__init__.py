"""The IODA source."""
