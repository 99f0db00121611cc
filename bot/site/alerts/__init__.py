"""What other programs read: alerts (CAP 1.2), maps (GeoJSON) and a calendar (iCal)."""
