"""Report formats, one module each."""

from pinhook.reporters import concise, json, text

REPORTERS = (text.REPORTER, concise.REPORTER, json.REPORTER)
"""Every report format; the first is the one that is used when none is asked for."""
