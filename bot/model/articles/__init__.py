"""Articles: what others wrote about an incident, listed as further reading."""
