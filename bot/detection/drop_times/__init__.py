"""When drops began and ended, as precisely as the readings show it."""
