"""Code that several channels use: text options, picture uploads, reading posts back."""
