"""From verdicts to incident events, and what to do about them; pure."""
