"""The texts of events: catalogues, times, quantities, fitting to a channel's limit."""
