"""How the tables come to be, step by step."""
