"""What `make bench` measures; it prints and never asserts on time."""
