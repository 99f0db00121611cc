"""Outagewire: a newswire for internet outages.

It reads connectivity metrics, decides when an outage is real, and publishes it with its
evidence. docs/architecture.md says what each package does.
"""

__version__ = "0.1.0"
