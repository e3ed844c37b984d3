"""Many inputs: guarded workers, order, limits, names and counts.

    inputs -> window (order) -> crew of guarded children -> record bytes -> output, tally

A worker is a process of its own that can be killed, so that an endless loop, a crash or a memory blow-up costs one
document and never the run.
"""
