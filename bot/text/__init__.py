"""Text of events: catalogues, times, quantities, and fitting to a channel's limit."""
