"""The command line: read arguments and files, check or fix them, write a report, return an exit code."""
