"""Evidence bundles: everything needed to check what was published about an incident."""
