"""``junit``: XML test results for CI systems. A file is a suite, a finding is a failed test.

A fixed finding is a passed test whose output says what was written.

Elements and attributes are valid for the strictest reader, Jenkins' xUnit plugin (its junit-10.xsd).
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.reporters._machine_formats import relative
from pinhook.reporters.display import escape_unprintable
from pinhook.reporters.reporter import Style
from pinhook.reporters.text import block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.finding import Finding
    from pinhook.reporters.reporter import Outcome


def render(outcome: Outcome, _style: Style) -> str:
    """The document in ASCII, which is also UTF-8, independent of the encoding of the terminal."""
    root = ET.Element("testsuites", name="pinhook")
    for report in outcome.reports:
        _suite(root, relative(report.source.path, outcome.folder), report.findings, report.fixed)
    for path, message in outcome.file_errors:
        suite = _suite(root, relative(path, outcome.folder))
        suite.set("errors", "1")
        ET.SubElement(suite[0], "error", message=escape_unprintable(message), type="error")
    if not len(root):
        _suite(root, "pinhook")  # Datadog refuses a document without a suite
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ET.indent(root)
    text = ET.tostring(root, encoding="us-ascii", xml_declaration=False).decode("ascii")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _suite(root: ET.Element, path: str, findings: Sequence[Finding] = (), fixed: Sequence[Finding] = ()) -> ET.Element:
    """Add a suite. A file without findings has one passed test, because readers refuse empty suites."""
    file = escape_unprintable(path)
    tests, failures = str(len(findings) + len(fixed) or 1), str(len(findings))
    suite = ET.SubElement(root, "testsuite", name=file, file=file, tests=tests, failures=failures, errors="0")
    for finding in fixed:
        ET.SubElement(_test(suite, finding, file), "system-out").text = escape_unprintable(finding.message)
    for finding in findings:
        message = escape_unprintable(finding.message)
        failure = ET.SubElement(_test(suite, finding, file), "failure", message=message, type=finding.code)
        failure.text = block(finding, Style())
    if not len(suite):
        ET.SubElement(suite, "testcase", name="pinhook", classname=file)
    return suite


def _test(suite: ET.Element, finding: Finding, file: str) -> ET.Element:
    line, column = finding.place.source.position(finding.place.span.start)
    name = escape_unprintable(f"{finding.code} {finding.target or finding.name} ({line}:{column})")
    return ET.SubElement(suite, "testcase", name=name, classname=file)
