"""The report pages in the store: which are out of date, and what they may show."""
