"""The renderer: joins text, charts, claims and site into drafts, pages and letters."""
