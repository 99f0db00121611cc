"""Routes, active probing, a telescope and Google traffic, as served by IODA."""
