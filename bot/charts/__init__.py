"""Charts and their alt texts, all made from the same arrays; one module per kind."""
