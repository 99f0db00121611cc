"""The commands about readers who subscribe themselves."""
