"""The oracle: every measure again in slow, obvious Python, read straight off the rules.

It shares nothing with the compiled measures but the contract and the options, so that
the two can be held against each other.
"""

from alongside.measures.reference.compute import REFERENCE, compute

__all__ = ["REFERENCE", "compute"]
