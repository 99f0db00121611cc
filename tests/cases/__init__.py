"""Cases of what the program once published or did wrong; the tests say what is right.

Each folder of `recordings/` is one case: a small made-up recording. A test of a fault
that is not corrected yet is a strict xfail; its reason is a short name of the fault.
"""
