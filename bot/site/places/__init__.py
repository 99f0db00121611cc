"""Pages of countries and networks, and the map of the world."""
