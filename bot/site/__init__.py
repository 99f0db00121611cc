"""The report site: pages, their charts and data files."""
