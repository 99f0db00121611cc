"""The read-only JSON API of the site, as static files in `api/v1/`."""
