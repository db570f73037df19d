"""Properties of ``parse_requirement``: it never raises, its slices are inside, and it agrees with ``packaging``."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Reference
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from pinhook.requirements import Exactness, Malformed, Named, RequirementGrammar, Unknown, parse_requirement
from tests.requirements.texts import text_of

names = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,6}[A-Za-z0-9])?", fullmatch=True).filter(
    lambda name: not re.search(r"(?i)\.(whl|zip|tgz|tar|txt|in|py|lock)$|^v?[0-9]+(\.[0-9]+)+$", name)
)
versions = st.one_of(
    st.sampled_from(
        ["0", "1", "1.0", "1.0.0", "1.1", "2", "1!1.0", "1.0rc1", "1.0a1", "1.0.post1", "1.0.dev1", "1.0+cpu"]
    ),
    st.sampled_from(["v1.0", "1.0-1", "1.0.alpha.1", "1.0-RC_1", "01.0", "1.0.post", "1.0C2", "1.*", "1.0.*"]),
)
operators = st.sampled_from(["==", "===", ">=", "<=", "!=", "~=", "<", ">"])
spaces = st.sampled_from(["", "", "", " "])
clauses = st.builds("{}{}{}".format, operators, spaces, versions)
specifiers = st.lists(clauses, max_size=3).map(",".join)
extras = st.sampled_from(["", "", "[async]", "[a,b]", "[a , b]", "[]", " [a]"])
markers = st.sampled_from(["", "", "; python_version > '3'", ' ;os_name=="nt"', "; extra == 'x' and (os_name != 'nt')"])
requirements = st.builds("{}{}{}{}{}".format, names, extras, spaces, specifiers, markers)
grammar = st.text(st.sampled_from(list("fo1.0=<>~!@[](),;:/-_+*#$V'\" \\")), max_size=14)
anything = st.one_of(st.text(max_size=12), grammar, requirements)

CANDIDATES = [
    Version(f"{epoch}{release}{suffix}")
    for epoch in ("", "1!")
    for release in ("0", "0.9", "1", "1.0.1", "1.1", "1.2", "2", "2.1", "3")
    for suffix in ("", "a1", "rc1", "rc2", ".post1", ".dev1", "+cpu", ".post2", "a1.dev1", "c2")
]


def referee(specifier: str) -> set[str]:
    """The public versions among many candidates that a specifier set admits."""
    allowed = SpecifierSet(specifier)
    return {candidate.public for candidate in CANDIDATES if allowed.contains(candidate, prereleases=True)}


@given(argument=anything, dialect=st.sampled_from(RequirementGrammar))
@example(argument="a" * 5000 + "==" + "9" * 5000, dialect=RequirementGrammar.PIP)
@example(argument="flask; " + "(" * 5000, dialect=RequirementGrammar.PIP)
@example(argument="git+" + "@:/" * 2000, dialect=RequirementGrammar.EDITABLE)
@example(argument="flask[" + "a," * 3000, dialect=RequirementGrammar.PIP)
@example(argument="flask" + " >=1" * 3000, dialect=RequirementGrammar.PIP)
@example(argument="flask>" + "=" * 5000, dialect=RequirementGrammar.PIP)
def test_reading_never_raises_and_its_slices_stay_inside(argument: str, dialect: RequirementGrammar) -> None:
    text = text_of(argument)
    requirement = parse_requirement(text, dialect)
    if isinstance(requirement, Named):
        assert text.span.encloses(requirement.name.span)
        name, whole = str(requirement.name), str(text)
        assert whole[requirement.name.span.start : requirement.name.span.end] == name
        assert whole[requirement.requested.span.start :].startswith(name)
        assert whole[requirement.specifier.span.start : requirement.specifier.span.end] == str(requirement.specifier)


@given(requirements)
def test_a_valid_specifier_is_read_as_packaging_does(argument: str) -> None:
    try:
        reference = Reference(argument)
    except InvalidRequirement:
        assume(False)
    requirement = parse_requirement(text_of(argument))
    assert isinstance(requirement, Named)
    assert str(requirement.name) == reference.name
    assert requirement.normalized == canonicalize_name(reference.name)
    assert SpecifierSet(str(requirement.specifier)) == reference.specifier


@given(requirements)
def test_what_packaging_refuses_is_malformed(argument: str) -> None:
    try:
        Reference(argument)
    except InvalidRequirement:
        assert isinstance(parse_requirement(text_of(argument)), Malformed)


@given(st.lists(clauses, min_size=1, max_size=3).map(",".join))
@example("<=1,>=1,!=1")
@example(">1,<1.1")
@example(">1.0a1,<1.0a3")
@example("==1.*,!=1.0.*,<1.0.1")
def test_exactness_is_what_trying_versions_shows(specifier: str) -> None:
    try:
        admitted = referee(specifier)
        Reference(f"flask{specifier}")  # which takes ``===0,== 0`` for a wrong version of ``===``
    except (InvalidSpecifier, InvalidRequirement):
        assume(False)
    requirement = parse_requirement(text_of(f"flask{specifier}"))
    assert isinstance(requirement, Named)
    if requirement.exactness is Exactness.EXACT and "===" not in specifier:
        assert len({Version(version) for version in admitted}) <= 1
    if requirement.exactness is Exactness.NONE:
        assert not admitted
    if len(admitted) > 1:
        assert requirement.exactness is Exactness.INEXACT


@given(names, extras, operators, st.sampled_from(["$V", "${V}", "1.$V", "$(v)"]))
def test_an_unknown_version_is_one_version(name: str, extra: str, operator: str, version: str) -> None:
    requirement = parse_requirement(text_of(f"{name}{extra}{operator}{version}"))
    assert isinstance(requirement, Named)
    assert requirement.exactness is (Exactness.EXACT if operator in {"==", "==="} else Exactness.INEXACT)


@given(st.sampled_from(["$A", "${A}", "$(a)"]), st.sampled_from(["", "x", "x-", "x=", "x @ ", "x[", "x>", "git+"]))
def test_a_text_that_ends_unknown_is_never_taken_for_an_unpinned_name(unknown: str, before: str) -> None:
    requirement = parse_requirement(text_of(before + unknown))
    assert not (isinstance(requirement, Named) and requirement.exactness is Exactness.ANY)
    assert isinstance(requirement, Unknown | Malformed | Named)


PLAIN = """
    flask  flask[async]  flask==1.2.3  flask[a,b]==1.0rc1  flask>=2  flask~=2.0  ./x  x.whl
    git+https://h/r@v1  https://h/x.whl  flask==$V  $PKGS  flask=2.0  requirements.txt
"""


@pytest.mark.parametrize("argument", PLAIN.split())
def test_plain_spellings_are_decided_without_importing_packaging(argument: str) -> None:
    program = (
        "import sys; from tests.requirements.texts import text_of; from pinhook.requirements import parse_requirement;"
        f"parse_requirement(text_of({argument!r})); sys.exit('packaging' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
