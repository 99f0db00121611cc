"""Cases: small made-up recordings of what the product once said or did wrong.

Each folder of `recordings/` is one case; its tests say what is right.
"""
