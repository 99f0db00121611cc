"""The product's frozen records; no I/O."""
