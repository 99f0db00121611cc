"""The measurements of `make bench`, which prints times and never asserts on them."""
