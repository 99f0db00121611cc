"""The renderer: uses text, charts, claims and site to make drafts, pages and messages."""
