"""Classification: what kind of disruption the pattern of a drop looks like (P8)."""
