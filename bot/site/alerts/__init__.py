"""Machine-readable alerts in the Common Alerting Protocol (CAP 1.2)."""
