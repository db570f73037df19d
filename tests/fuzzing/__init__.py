"""Random inputs, properties (laws) of every input, and a loop that keeps inputs that reach new branches.

``python -m tests.fuzzing --help`` fuzzes; ``python -m tests.fuzzing.referees --help`` asks other readers.
"""
