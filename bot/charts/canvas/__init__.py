"""Drawing: canvas, type, colours, layout and image formats."""
