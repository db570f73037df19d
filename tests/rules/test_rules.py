"""The findings of each rule: the marked word and the message; and words without findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pinhook.installers.installation import FileProperties
from pinhook.rules import Level, check_installation, rules_of_level
from pinhook.rules._base import shorten
from tests.marks import mark, unmark
from tests.rules.commands import install

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGGED = """
PIN001
  pip install ⟦flask⟧
    flask is not pinned; write flask==<version>
  pip install -U ⟦Flask_Login⟧
    Flask_Login is not pinned; write Flask_Login==<version>
  pip install '⟦flask[async]⟧'
    flask[async] is not pinned; write flask[async]==<version>
  pip install '⟦flask⟧; python_version > "3"'
    flask is not pinned; write flask==<version>
  pip install ⟦flask[$EXTRAS]⟧
    flask[$EXTRAS] is not pinned; write flask[$EXTRAS]==<version>
  pip install -r requirements.txt ⟦flask⟧
    flask is not pinned; write flask==<version>
  pip install ⟦flask⟧ django==5.0
    flask is not pinned; write flask==<version>
  uvx run ⟦ruff⟧
    ruff is not pinned; write ruff==<version>

PIN002
  pip install '⟦flask>=2⟧'
    flask>=2 admits several versions; write flask==<version>
  pip install '⟦flask[async] >= 2, <3⟧'
    flask[async] >= 2, <3 admits several versions; write flask[async]==<version>
  pip install ⟦flask~=2.0⟧
    flask~=2.0 admits several versions; write flask==<version>
  pip install ⟦flask!=2.0⟧
    flask!=2.0 admits several versions; write flask==<version>
  pip install ⟦flask==2.*⟧
    flask==2.* admits every version that starts with 2; write flask==<version>
  pip install ⟦flask==$V.*⟧
    flask==$V.* admits every version that starts with $V; write flask==<version>
  pip install '⟦flask>=2,<=2⟧'
    flask>=2,<=2 admits only one version, but is a range; write flask==2
  pip install '⟦flask<=2,>=2⟧'
    flask<=2,>=2 admits only one version, but is a range; write flask==2
  pip install '⟦flask >= 2, <= 2⟧'
    flask >= 2, <= 2 admits only one version, but is a range; write flask==2
  pip install '⟦flask>=2,<=2,!=1⟧'
    flask>=2,<=2,!=1 admits several versions; write flask==<version>
  pip install '⟦flask!=1,>=2,<=2⟧'
    flask!=1,>=2,<=2 admits several versions; write flask==<version>
  pip install '⟦flask==2.*,!=2.5⟧'
    flask==2.*,!=2.5 admits several versions; write flask==<version>
  pip install '⟦flask!=2.5,==2.*⟧'
    flask!=2.5,==2.* admits several versions; write flask==<version>
  pip install '⟦$NAME>=2⟧'
    $NAME>=2 admits several versions; write $NAME==<version>
  pip install ⟦flask===2.*⟧
    flask===2.* compares the text of the version, including the *; write flask==<version>
  uvx run ⟦ruff@latest⟧
    ruff@latest is the newest version at every build; write ruff@<version>

PIN003
  pip install ⟦git+https://h/r⟧
    git+https://h/r names no commit; write git+https://h/r@<commit>
  pip install -c c.txt ⟦git+https://h/r⟧
    git+https://h/r names no commit; write git+https://h/r@<commit>
  pip install -e ⟦git+ssh://git@h/r.git#egg=x⟧
    git+ssh://git@h/r.git#egg=x names no commit; write git+ssh://git@h/r.git@<commit>#egg=x
  pip install '⟦flask @ git+https://u:secret@h/r⟧'
    git+https://***@h/r names no commit; write git+https://***@h/r@<commit>

PIN004
  pip install ⟦flask>=1.0⟧
    the shell reads >=1.0 as a redirection, so pip sees only flask; write 'flask>=1.0' in quotes, or better
    flask==<version>
  pip install ⟦flask[async]<2,>=1⟧ -c c.txt
    the shell reads <2,>=1 as redirections, so pip sees only flask[async]; write 'flask[async]<2,>=1' in
    quotes, or better flask[async]==<version>
  pip install ⟦flask==1.0>=0.9⟧
    the shell reads >=0.9 as a redirection, so pip sees only flask==1.0; leave >=0.9 out
  pip install ⟦flask!=1.1>=1⟧
    the shell reads >=1 as a redirection, so pip sees only flask!=1.1; write flask==<version>
  pip install ⟦flask=>1⟧
    the shell reads >1 as a redirection, so pip sees only flask=; write flask==<version>
  pip install ⟦$P>=1⟧
    the shell reads >=1 as a redirection, so pip sees only $P; write "$P>=1" in quotes

PIN005
  pip install ⟦flask=2.0⟧
    flask=2.0 has one = where == belongs; write flask==2.0
  pip install ⟦flask@2.0⟧
    flask@2.0 has an @, which must be followed by a URL; write flask==2.0
  pip install '⟦flask==1,==2⟧'
    no version satisfies flask==1,==2; write flask==<version>
  pip install ⟦requirements.txt⟧
    requirements.txt is a requirements file, which needs -r in front of it; write -r requirements.txt
  pip install -e ⟦flask==1⟧
    flask==1 is neither a directory nor a VCS URL, and -e accepts nothing else
  pip install ⟦flask == 2.0⟧
    flask == 2.0 is three words, so three targets; write flask==2.0
  pip install ⟦flask = 2.0⟧
    flask = 2.0 is three words, so three targets; write flask==2.0
  pip install ⟦flask ~= 2.0⟧
    flask ~= 2.0 is three words, so three targets; write flask==<version>
  pip install ⟦flask == $V⟧
    flask == $V is three words, so three targets; write flask==$V
  pip install ⟦flask ==2.0⟧
    flask ==2.0 is two words, so two targets; write flask==2.0
  pip install ⟦flask== 2.0⟧
    flask== 2.0 is two words, so two targets; write flask==2.0
  pip install ⟦flask ==2.*⟧ django==5.0
    flask ==2.* is two words, so two targets; write flask==<version>
  pip install django==5.0 ⟦flask === 2⟧
    flask === 2 is three words, so three targets; write flask==2
  pip install ⟦flask[a,b]== $V⟧ django==5.0
    flask[a,b]== $V is two words, so two targets; write flask[a,b]==$V
  pip install ⟦Zope.x-y[]= 1!2.0-1+cpu⟧
    Zope.x-y[]= 1!2.0-1+cpu is two words, so two targets; write Zope.x-y[]==1!2.0-1+cpu
  pip install ⟦9== 2.*⟧
    9== 2.* is two words, so two targets; write 9==<version>
  pip install ⟦flask @ file:///x⟧
    flask @ file:///x is three words, so three targets; write quotes around it; write 'flask @ file:///x'
  pip install ⟦flask[a] @ git+https://h/r⟧ django==5.0
    flask[a] @ git+https://h/r is three words, so three targets; write quotes around it; write
    'flask[a] @ git+https://h/r'
  pip install ⟦flask @ $URL⟧
    flask @ $URL is three words, so three targets; write quotes around it; write "flask @ $URL"
  pip install ⟦flask @https://h/x.zip⟧
    flask @https://h/x.zip is two words, so two targets; write quotes around it; write
    'flask @ https://h/x.zip'
  pip install ⟦flask@ https://h/x.zip⟧
    flask@ https://h/x.zip is two words, so two targets; write quotes around it; write
    'flask @ https://h/x.zip'
  pip install ⟦flask @ 2.0⟧
    flask @ 2.0 is three words, so three targets; write flask==2.0
  pip install ⟦flask @2.0⟧
    flask @2.0 is two words, so two targets; write flask==2.0
  pip install ⟦flask @ ./x⟧
    flask @ ./x is three words, so three targets
  pip install ⟦flask@⟧ django==5.0
    flask@ has an @, which must be followed by a URL; write flask==<version>
  pip install flask==1 ⟦==2.0⟧
    ==2.0 has no name in front of the version
  pip install flask==1 ⟦2.0⟧
    2.0 is a version without a name, and is read as the name of a project
  pip install -e ./x ⟦==⟧ -e ./y
    == has no name in front of the version
  pip install ⟦''⟧
    '' is an empty word, which names nothing
"""
"""Under its rule each command with the place of the one finding marked, and under the command the message."""

FLAGGED_AT_STRICT = """
PIN008
  pip install ⟦$PACKAGES⟧
    only the build knows what $PACKAGES installs
  pip install ⟦flask==$V⟧
    only the build knows which version flask==$V is; give the variable a value
  pip install ⟦$NAME==1.0⟧
    only the build knows which project $NAME is
  pip install ⟦git+https://h/r@$REF⟧
    only the build knows which commit git+https://h/r@$REF is

PIN009
  pip install ⟦git+https://h/r@main⟧
    git+https://h/r@main names a branch or a tag, which can change; write a full commit id
  pip install ⟦https://example.org/o/r/archive/main.zip⟧
    https://example.org/o/r/archive/main.zip names a branch, which changes; write a tag or a full commit id
  pip install -r ⟦https://u:p@example.org/r.txt⟧
    https://***@example.org/r.txt can change between two builds; copy the file into the repository
  pip install -c ⟦http://h/c.txt⟧
    http://h/c.txt can change between two builds; copy the file into the repository
  pip install -r ⟦FTP://h/r.txt⟧
    FTP://h/r.txt can change between two builds; copy the file into the repository
  pip install -r ⟦https://h/90123456789abcdef0123456789abcdef01234567/r.txt⟧
    https://h/90123456789abcdef0123456789abcdef01234567/r.txt can change between two builds; copy the file
    into the repository
  pip install -r ⟦https://h/a0123456789abcdef0123456789abcdef0123456b/r.txt⟧
    https://h/a0123456789abcdef0123456789abcdef0123456b/r.txt can change between two builds; copy the file
    into the repository
"""

FLAGGED_AT_HASHES = """
PIN011
  pip install ⟦flask==1.0⟧
    flask==1.0 has no hash; move it to a requirements file, lock that with
    uv pip compile --generate-hashes and install it with pip install --require-hashes -r
  pip install ⟦https://h/x.zip⟧
    https://h/x.zip has no hash; write https://h/x.zip#sha256=<hash>
  pip install ⟦https://h/x.zip#egg=x⟧
    https://h/x.zip#egg=x has no hash; write https://h/x.zip#egg=x&sha256=<hash>
"""

LEFT_ALONE_AT_HASHES = [
    "pip install --require-hashes -r requirements.txt",
    "pip install . x-1-py3-none-any.whl",
    "pip install git+https://h/r@0123456789abcdef0123456789abcdef01234567",
    "pip install https://h/x.zip#sha256=0123",
    "pip install --no-index flask==1.0",
    "pip install -r https://h/o/r/0123456789abcdef0123456789abcdef01234567/r.txt",
    "pip install -r https://h/o/r/0123456789ABCDEF0123456789ABCDEF01234567/r.txt",
    "pip install -r https://h/$REF/r.txt",
    "pip install -r mirror/https://h/r.txt",
]

LEFT_ALONE = [
    "pip install flask==2.0",
    "pip install flask===2.0",
    "pip install 'flask[async]==2.0; python_version>\"3\"'",
    "pip install flask==$V",
    "pip install $NAME==$V",
    "pip install $PACKAGES",
    "pip install flask$SPEC",
    "pip install flask==2.0 flask",
    "pip install Flask 'flask>=1' FLASK==2.0",
    "pip install flask -e git+https://h/r@v1#egg=flask",
    "pip install -c constraints.txt flask 'django>=3'",
    "pip install --no-index flask 'django>=3'",
    "pip install -r requirements.txt",
    "pip install . ./x x-1-py3-none-any.whl -e . -e flask",
    "pip install git+https://h/r@v1 https://h/x.zip",
    "pip install git+https://h/$REPO",
    "uvx run ruff@0.6.0",
    "uvx run python@3.12",
]


def cases(table: str) -> Iterator[tuple[str, str]]:
    """The commands of such a table, and what each of them should give."""
    code = command = message = ""
    for line in [*table.splitlines(), ""]:
        indent = len(line) - len(line.lstrip())
        if indent < 4 and message:
            yield command, f"{code} {message}"
            message = ""
        if indent == 4:
            message = f"{message} {line.strip()}".strip()
        elif indent == 2:
            command = line.strip()
        elif line:
            code = line


def found(line: str, level: Level = Level.DEFAULT) -> list[tuple[str, str]]:
    """The line with the place of each finding marked, and its code and message."""
    return [
        (mark(line, [finding.place.span]), f"{finding.code} {finding.message}")
        for finding in check_installation(install(line), rules_of_level(level))
    ]


@pytest.mark.parametrize(
    ("level", "marked", "message"),
    [
        (level, marked, message)
        for level, table in zip(Level, [FLAGGED, FLAGGED_AT_STRICT, FLAGGED_AT_HASHES], strict=True)
        for marked, message in cases(table)
    ],
)
def test_is_flagged_once_at_its_place(level: Level, marked: str, message: str) -> None:
    line, _ = unmark(marked)
    assert found(line, level) == [(marked, message)]
    assert level or found(line, Level.STRICT) == [(marked, message)], "a flaw is reported by one rule"
    assert not (level and found(line, Level(level - 1))), "a lower level asks less"


@pytest.mark.parametrize("line", LEFT_ALONE)
def test_is_left_alone(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize("line", LEFT_ALONE_AT_HASHES)
def test_is_left_alone_even_when_hashes_are_asked_for(line: str) -> None:
    assert found(line, Level.HASHES) == []


def test_several_targets_are_reported_each() -> None:
    assert [code for _, code in found("pip install flask 'django>=3' git+https://h/r jinja2=3.0")] == [
        "PIN001 flask is not pinned; write flask==<version>",
        "PIN002 django>=3 admits several versions; write django==<version>",
        "PIN003 git+https://h/r names no commit; write git+https://h/r@<commit>",
        "PIN005 jinja2=3.0 has one = where == belongs; write jinja2==3.0",
    ]


def test_allowed_names_need_no_version() -> None:
    command = install("pip install -U pip Setup_Tools 'wheel>1' wheel=2 six")
    findings = check_installation(command, allowed={"pip", "setup-tools", "wheel"})
    assert [(finding.code, finding.target) for finding in findings] == [("PIN001", "six"), ("PIN005", "wheel=2")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pip install ⟦flask⟧ ⟦==⟧", ["PIN001", "PIN005"]),
        ("pip install ⟦flask ==2.0⟧ ⟦3.0⟧", ["PIN005", "PIN005"]),
        ("pip install ⟦flask⟧ ⟦==⟧ ⟦x2.0⟧", ["PIN001", "PIN005", "PIN001"]),
        ("pip install ⟦flask⟧ ⟦==⟧ ⟦2.0,3⟧", ["PIN001", "PIN005", "PIN005"]),
        ("pip install ⟦flask==⟧ ⟦x2.0⟧", ["PIN005", "PIN001"]),
        ("pip install ⟦flask==⟧ ⟦2.0,3⟧", ["PIN005", "PIN005"]),
        ("pip install ⟦_flask==⟧ ⟦2.0⟧", ["PIN005", "PIN005"]),
    ],
)
def test_words_that_do_not_make_one_requirement_are_reported_each(line: str, expected: list[str]) -> None:
    findings = sorted(check_installation(install(unmark(line)[0])), key=lambda finding: finding.place.span)
    assert mark(unmark(line)[0], [finding.place.span for finding in findings]) == line
    assert [finding.code for finding in findings] == expected


def test_the_lines_of_a_file_are_never_one_requirement() -> None:
    file = install("pip install flask ==2.0")._replace(file=FileProperties())
    assert [(finding.code, finding.target) for finding in check_installation(file)] == [
        ("PIN001", "flask"),
        ("PIN005", "==2.0"),
    ]


def test_an_unknown_name_that_is_pinned_exempts_no_other() -> None:
    findings = check_installation(install("pip install $OTHER==1 '$NAME>=2'"))
    assert [(finding.code, finding.target) for finding in findings] == [("PIN002", "$NAME>=2")]


def test_an_allowed_name_is_exempt_from_nothing_else() -> None:
    command = install("pip install flask==1 'django==1,==2'")
    findings = check_installation(command, rules_of_level(Level.HASHES), {"flask", "django"})
    assert [(finding.code, finding.target) for finding in findings] == [
        ("PIN005", "django==1,==2"),
        ("PIN011", "flask==1"),
    ]


@pytest.mark.parametrize(
    ("target", "project"),
    [
        ("Flask.Login==1", "flask-login"),
        ("$NAME==1", ""),
        ("'X_1 @ https://h/x.zip'", "x-1"),
        ("https://h/x.zip", ""),
        ("Flask.Login=1", "flask-login"),
        ("9a-Z.0=1", "9a-z-0"),
        ("A=1", "a"),
        ("ab=1", "ab"),
        ("flaskX=1", "flaskx"),
        ("flask-=1", "flask"),
        ("=1", ""),
    ],
)
def test_a_finding_names_the_project_as_far_as_it_is_known(target: str, project: str) -> None:
    findings = check_installation(install(f"pip install {target}"), rules_of_level(Level.HASHES))
    assert {finding.project for finding in findings} == {project}


@pytest.mark.parametrize(
    ("message", "shortened"),
    [
        ("x" * 139, "x" * 139),
        ("a" * 60 + "x" * 80, "a" * 60 + "x" * 20 + "…" + "x" * 20),
        ("in " + "a" * 80 + "x" * 900 + "z" * 20 + " out", "in " + "a" * 80 + "…" + "z" * 20 + " out"),
        ("x " * 250, "x " * 250),
        ("x" + " x" * 250, "x" + " x" * 149 + " …" + "x " * 99 + "x"),
    ],
)
def test_a_message_has_a_bounded_length(message: str, shortened: str) -> None:
    assert shorten(message) == shortened
    assert len(shortened) <= 500


def test_a_finding_names_the_word_the_installer_and_what_the_file_has() -> None:
    [finding] = check_installation(install("pip install 'flask>=2; os_name==\"nt\"'"))
    assert finding.name == "inexact"
    assert finding.target == 'flask>=2; os_name=="nt"'
    assert finding.written == "'flask>=2; os_name==\"nt\"'"
    assert finding.installer == "pip"
    assert finding.related == ()
