"""Drawing: canvas, fonts, typesetting, colours, layout and image encoders."""
