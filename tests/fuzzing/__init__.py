"""Inputs made at random, laws that hold of every input, and a loop that keeps what reaches new branches.

``python -m tests.fuzzing --help`` fuzzes; ``python -m tests.fuzzing.referees --help`` asks other readers.
"""
