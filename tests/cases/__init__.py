"""Cases of what the program once published or did wrong; the tests say what is right.

Each folder of `recordings/` is one case: a small made-up recording.
"""
