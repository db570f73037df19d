"""Replacements for slow parts of the standard library. A hook runs at every commit, so its start-up time counts."""
