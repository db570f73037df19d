"""Which Python the image of a command has, and on which platform: from ``FROM`` and from the commands before it.

Nothing of this is imported without ``--fix``, ``--diff`` or ``--show-python``.
"""
