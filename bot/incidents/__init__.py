"""Turns verdicts into incident events: transitions, recovery, facts; pure."""
