"""What kind of disruption the shape of a drop suggests."""
