"""What the page of an incident shows, and the files that belong to the page."""
