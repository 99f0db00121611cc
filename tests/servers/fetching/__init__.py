"""What `fetch_servers.py` needs: packages from Debian's mirror, and running programs."""
