"""The tests, and the tools that make pictures, measurements and checks of this project."""
