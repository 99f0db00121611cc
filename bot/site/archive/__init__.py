"""The archive of the site: pages that list the released incidents."""
