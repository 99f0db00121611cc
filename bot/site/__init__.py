"""The report site: its pages, their charts and their data files."""
