"""Replacements for slow parts of the standard library. A hook runs at every commit, so its start-up time counts.

* ``namedtuple`` replaces ``typing.NamedTuple`` and ``typing.TYPE_CHECKING``. Importing ``typing`` takes 2 ms, and each
  of its named tuples another 0.1 ms; a run with an installation defines about a hundred.
* ``lazy_re`` replaces ``re.compile`` for constants. A run defines more than two hundred patterns and compiles about
  twenty of them; compiling all takes longer than starting Python.

Together they save about 15 ms of every commit. ``shell.bashlex_loader`` saves 70 ms more, of bashlex's own start.
"""
