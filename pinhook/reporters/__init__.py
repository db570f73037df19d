"""Report formats, one module each. A module is imported only if its format is requested."""

from pinhook.reporters.reporter import Reporter

REPORTERS = (
    Reporter("text", "for people: the line, a caret under the word, a summary"),
    Reporter("concise", "one line for each finding"),
    Reporter("json", "one JSON document for programs"),
    Reporter("sarif", "SARIF 2.1.0, for code scanning"),
    Reporter("github", "annotations of GitHub Actions"),
    Reporter("gitlab", "code quality report of GitLab"),
    Reporter("junit", "JUnit XML"),
)
"""Every report format. The first one is the default."""
