"""Reports for programs: they are valid by the schemas, and findings have stable fingerprints."""

from __future__ import annotations

import copy
import json
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import junitparser
import pytest

from pinhook.reporters import REPORTERS
from pinhook.reporters._machine_formats import relative
from pinhook.reporters.json import VERSION
from pinhook.reporters.reporter import Outcome
from pinhook.rules import RULES
from pinhook.source import Source
from tests.checks import check
from tests.reporters.runs import FIXED, RUN, RUNS, render, report

EACH_RUN = pytest.mark.parametrize("outcome", RUNS.values(), ids=RUNS)


def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("pinhook").joinpath("schemas/report.json").read_text("utf-8"))
    return loaded


def closed(part: Any) -> Any:
    """A schema that takes no key which it does not know."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    part = {key: value if key == "allOf" else closed(value) for key, value in part.items()}
    return {**part, "unevaluatedProperties": False} if "properties" in part else part


@EACH_RUN
def test_json_is_what_the_schema_says(outcome: Outcome) -> None:
    strict = closed(schema())
    strict["$defs"]["region"].pop("unevaluatedProperties")  # the keys beside it are known where it is used
    jsonschema.Draft202012Validator(strict).validate(json.loads(render("json", outcome)))


def test_the_schema_is_one_and_refuses_what_is_not_a_report() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["properties"]["version"] == {"description": "The version of this format.", "const": VERSION}
    report = json.loads(render("json", RUN))
    for spoil in ("version", "findings", "summary"):
        spoiled = copy.deepcopy(report)
        del spoiled[spoil]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(spoiled, schema())


# what GitLab asks of an issue: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB = {
    "type": "array",
    "items": {
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {"required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


@EACH_RUN
def test_gitlab(outcome: Outcome) -> None:
    issues = json.loads(render("gitlab", outcome))
    jsonschema.validate(issues, GITLAB)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert len(issues) == len([*outcome.findings, *outcome.fixed])
    assert sum(issue["severity"] == "info" for issue in issues) == len(outcome.fixed)


# what Jenkins' xUnit plugin takes (junit-10.xsd)
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "file"},
    "testcase": {"name", "classname"},
    "system-out": set(),
    "failure": {"type", "message"},
    "error": {"type", "message"},
}


@EACH_RUN
def test_junit(outcome: Outcome) -> None:
    text = render("junit", outcome)
    for element in ET.fromstring(text).iter():
        assert set(element.attrib) == ATTRIBUTES[element.tag]
    suites = junitparser.JUnitXml.fromstring(text.encode())
    kinds = [type(result) for suite in suites for case in suite for result in case.result]
    assert suites.failures == kinds.count(junitparser.Failure) == sum(suite.failures for suite in suites)
    assert suites.errors == kinds.count(junitparser.Error) == sum(suite.errors for suite in suites)
    assert suites.tests == sum(len(suite) for suite in suites) == sum(suite.tests for suite in suites)
    assert suites.failures == sum(1 for _ in outcome.findings)
    assert suites.errors == len(outcome.file_errors)
    assert all(len(suite) for suite in suites), "an empty suite"
    assert len(suites) == max(len(outcome.reports) + len(outcome.file_errors), 1), "nor is the document empty"


def fingerprints(text: str, path: str = "Dockerfile") -> list[str]:
    outcome = Outcome((check(Source(path, text)),))
    [run] = json.loads(render("sarif", outcome))["runs"]
    found = [result["partialFingerprints"]["pinhook/v1"] for result in run["results"]]
    assert found == [issue["fingerprint"] for issue in json.loads(render("gitlab", outcome))]
    assert len(set(found)) == len(found)
    return found


def test_fingerprints_survive_what_happens_around_them() -> None:
    flask, django = fingerprints("FROM x\nRUN pip install flask django\n")
    assert fingerprints("# moved\n\nFROM x\nRUN echo && \\\n  pip3 install -q 'flask' \\\n   django\n") == [
        flask,
        django,
    ]
    assert fingerprints("FROM x\nRUN pip install django && pip install flask==3\n") == [django]
    assert fingerprints("FROM x\nRUN pip install flask flask==\n")[0] == flask
    assert fingerprints("FROM x\nRUN pip install flask\n", "other") != [flask]
    assert fingerprints("FROM x\nRUN pip install flask\n", "./a/../Dockerfile") == [flask]
    assert fingerprints("FROM x\nRUN pip install flask\nRUN pip install flask\n")[0] == flask


@pytest.mark.parametrize(
    ("path", "folder", "expected"),
    [
        ("Dockerfile", "/w", "Dockerfile"),
        ("./a//b/Dockerfile", "/w", "a/b/Dockerfile"),
        ("/w/a/Dockerfile", "/w", "a/Dockerfile"),
        ("/w/a/Dockerfile", "/w/", "a/Dockerfile"),
        ("/srv/Dockerfile", "/s", "/srv/Dockerfile"),
        ("/Dockerfile", "/", "Dockerfile"),
        ("/w/Dockerfile", "", "/w/Dockerfile"),
        ("../Dockerfile", "/w", "../Dockerfile"),
    ],
)
def test_relative(path: str, folder: str, expected: str) -> None:
    assert relative(path, folder) == expected


def test_what_was_fixed_and_what_was_not_is_in_every_format() -> None:
    for reporter in REPORTERS:
        report = render(reporter.name, FIXED)
        assert report.count("fixed: flask==3.1.2 (uv.lock)") == (2 if reporter.name == "github" else 1), reporter.name
        assert "(not fixed: because)" in report, reporter.name


def test_json_has_the_fixes_that_were_made_and_the_reasons_of_the_others() -> None:
    document = json.loads(render("json", FIXED))
    first, second = document["fixed"]
    assert (first["line"], first["column"], first["target"]) == (3, 2, "flask")
    assert first["fix"]["edits"][0]["text"] == "==3.1.2"
    assert "fix" not in second
    assert document["summary"]["fixed"] == 2
    assert {finding["not_fixed"] for finding in document["findings"]} == {"because"}


def test_sarif_has_no_alert_for_what_was_fixed() -> None:
    run = sarif(FIXED)
    assert len(run["results"]) == len(sarif(RUN)["results"]) - 2
    [invocation] = run["invocations"]
    notes = [each for each in invocation["toolExecutionNotifications"] if each["level"] == "note"]
    assert [each["associatedRule"]["id"] for each in notes] == ["PIN001", "PIN001"]
    assert sarif(FIXED._replace(file_errors=()))["invocations"][0]["executionSuccessful"]


def sarif(outcome: Outcome) -> dict[str, Any]:
    [run] = json.loads(render("sarif", outcome))["runs"]
    assert isinstance(run, dict)
    return run


def test_sarif_describes_every_rule() -> None:
    rules = sarif(RUN)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for rule in rules:
        assert rule["help"]["markdown"].startswith(rule["shortDescription"]["text"])
        assert len(rule["fullDescription"]["text"]) > 20
        assert "\n" not in rule["fullDescription"]["text"]
    [unpinned] = [rule for rule in rules if rule["id"] == "PIN001"]
    assert unpinned["name"] == "Unpinned"
    assert "docker-best-practices/pip-pin-versions" in unpinned["properties"]["tags"]
    assert unpinned["help"]["markdown"].splitlines()[2] == "## Why it matters"


def test_sarif_does_not_take_the_place_of_datadogs_own_analyzer() -> None:
    assert "DATADOG_RULE_TYPE" not in render("sarif", RUN)


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("a b%/漢:\udcff#?", {"uri": "a%20b%25/%E6%BC%A2%3A%FF%23%3F", "uriBaseId": "%SRCROOT%"}),
        ("x:y", {"uri": "x%3Ay", "uriBaseId": "%SRCROOT%"}),
        ("/x y", {"uri": "file:///x%20y"}),
        ("<stdin>", {"uri": "%3Cstdin%3E", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_sarif_addresses(path: str, location: dict[str, str]) -> None:
    [result] = sarif(Outcome((report(path, "RUN pip install ⟦x⟧"),)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == location


@pytest.mark.parametrize(
    ("word", "escaped"),
    [
        ("uvicorn[standard]", "uvicorn[standard]"),
        ("[a](https://example.org)", r"\[a\](https://example.org)"),
        ("x[[a]](b)[c]", r"x\[\[a\]\](b)\[c\]"),
    ],
)
def test_a_word_is_no_link(word: str, escaped: str) -> None:
    [result] = sarif(Outcome((report("Dockerfile", f"RUN pip install ⟦{word}⟧"),)))["results"]
    assert result["message"]["text"] == f"{escaped} is not pinned; write {escaped}==<version>"


def test_sarif_has_suppressions_on_all_results_or_none() -> None:
    results = sarif(RUN)["results"]
    assert [len(result["suppressions"]) for result in results] == [0, 0, 0, 1, 0, 0]


def test_github_escapes_as_its_toolkit_does() -> None:
    [annotation, *_] = render("github", Outcome((report("a,b:c%\r\n", "RUN ⟦a%0A::b⟧"),))).splitlines()
    assert annotation == (
        "::error file=a%2Cb%3Ac%25%0D%0A,line=1,col=5,endLine=1,endColumn=12,title=PIN001 unpinned"
        "::a%250A::b is not pinned; write a%250A::b==<version>"
    )


def test_github_has_no_columns_for_several_lines() -> None:
    [annotation, *_] = render("github", Outcome((report("a", "RUN ⟦a\\\nb⟧"),))).splitlines()
    assert annotation.startswith("::error file=a,line=1,endLine=2,title=PIN001 unpinned::")
