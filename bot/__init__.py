"""Outagewire: a newswire for internet outages.

It reads connectivity metrics, decides when an outage is real, and tells it with
its evidence. The packages are the words of that story, read from left to right:
sources, detection, incidents, rendering, channels; `app` runs them in a loop.
"""

__version__ = "0.1.0"
