"""Pages in other languages than that of the site."""
