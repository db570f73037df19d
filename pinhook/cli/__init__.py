"""The command: arguments in, files read, checked or fixed, a report written, an exit code out."""
