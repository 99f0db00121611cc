"""From readings to verdicts; pure."""
