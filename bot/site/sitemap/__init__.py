"""What search engines are told: `sitemap.xml`, `sitemap/` and `robots.txt`."""
