"""Makes findings and verdicts from readings; pure: no input and no output."""
