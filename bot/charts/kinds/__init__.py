"""A module for each kind of chart, and modules for the parts of maps."""
