"""The services' own interfaces, as channels call them."""
