"""The loop: read, judge, decide, draft, publish; it speaks ports only."""
