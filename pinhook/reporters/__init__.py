"""Report formats, one module each; a module is imported when its format is asked for."""

from pinhook.reporters.reporter import Reporter

REPORTERS = (
    Reporter("text", "for people: the line, a caret under the word, a summary"),
    Reporter("concise", "one line a finding"),
    Reporter("json", "one document for programs"),
    Reporter("sarif", "SARIF 2.1.0, for code scanning"),
    Reporter("github", "annotations of GitHub Actions"),
    Reporter("gitlab", "code quality of GitLab"),
    Reporter("junit", "JUnit XML"),
)
"""Every report format; the first is the one that is used when none is asked for."""
