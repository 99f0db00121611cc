"""Where readings come from; one file each."""
