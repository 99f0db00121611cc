"""What commands print and write: lists, ticks, pictures, and the folder of `--out`."""
