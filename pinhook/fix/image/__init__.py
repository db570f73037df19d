"""The Python and the platform of the image at a command: from ``FROM`` and the commands before it.

This package is imported only for ``--fix``, ``--diff`` and ``--show-python``.
"""
