"""The compiled loops of detection, and nothing else."""
