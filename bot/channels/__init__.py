"""Where posts go; one file each."""
