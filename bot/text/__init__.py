"""Words for events: catalogues, times, quantities and the fit to a channel."""
