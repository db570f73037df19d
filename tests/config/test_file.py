"""Configuration files: which one is used, its settings, and the messages for a wrong one."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pinhook import _compat
from pinhook.__main__ import main
from pinhook.config import ConfigError, find, load
from pinhook.config.file import MAX_FILE_SIZE
from pinhook.config.settings import FORMAT
from pinhook.config.table import MAX_MISTAKES
from tests.growth_inputs import count_calls

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = ", ".join(FORMAT.choices)
SHARED = "[tool.pinhook]\nlevel = 'strict'\n"
OWN = "level = 'hashes'\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of a repository, as the working directory."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", {}),
        ("level = 'default'", {"level": "default"}),
        ("select = []", {"select": ()}),
        ("select = ['PIN001', 'PIN01']", {"select": ("PIN001", "PIN01")}),
        ("ignore = ['unpinned', 'PIN002', 'no-hash']", {"ignore": ("PIN001", "PIN002", "PIN011")}),
        ("per-file-ignores = {x = ['mutable-ref']}", {"per-file-ignores": {"x": ("PIN009",)}}),
        ("extend-select = ['PIN008']", {"extend-select": ("PIN008",)}),
        ("allow = ['pip', 'ruamel.yaml', 'Zope_Interface']", {"allow": ("pip", "ruamel.yaml", "Zope_Interface")}),
        ("installers = ['poetry', 'pdm']", {"installers": ("poetry", "pdm")}),
        ("require-reason = true\nforce-exclude = false", {"require-reason": True, "force-exclude": False}),
        ("per-file-ignores = {'tests/**' = ['PIN']}", {"per-file-ignores": {"tests/**": ("PIN",)}}),
        ("[per-file-ignores]\n'*.x' = []", {"per-file-ignores": {"*.x": ()}}),
        ("context = 'api'\nper-file-contexts = {x = '.'}", {"context": "api", "per-file-contexts": {"x": "."}}),
        ("requirements = {'/a.txt' = 'b.txt'}", {"requirements": {"/a.txt": "b.txt"}}),
        ("\ufeffformat = 'json'\r\n", {"format": "json"}),
    ],
)
def test_settings(text: str, values: dict[str, Any], folder: Path) -> None:
    (folder / "pinhook.toml").write_text(text, "utf-8")
    file = find(str(folder))
    assert file
    assert (file.path, file.folder, file.values) == ("pinhook.toml", str(folder), values)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("levl = 'strict'", "levl: unknown key; did you mean level?"),
        ("extend_select = []", "extend_select: unknown key; did you mean extend-select?"),
        ("Level = 'strict'", "Level: unknown key; did you mean level?"),
        ("color = 'always'", "color: unknown key; pinhook --isolated --show-settings lists the keys"),
        (SHARED, "tool: unknown key; leave [tool.pinhook] out, the settings belong at the top of pinhook.toml"),
        ("level = 'stirct'", 'level: "stirct" is not a level; did you mean strict?'),
        ("level = 'high'", 'level: "high" is not a level; choose from default, strict, hashes'),
        ("level = 1", "level: must be a string, not an integer"),
        ("level = ['strict']", "level: must be a string, not an array"),
        ("level = 1979-05-27", "level: must be a string, not a date or time"),
        ("select = 'PIN001'", 'select: must be an array of strings, not a string; write ["PIN001"]'),
        ("select = true", "select: must be an array of strings, not a boolean"),
        ("select = [1.5]", "select: must be an array of strings; one of its values is a float"),
        ("select = ['PIN01', 'pin002']", 'select: "pin002" is not a rule; did you mean PIN002?'),
        ("select = ['unpined']", 'select: "unpined" is not a rule; did you mean unpinned?'),
        ("select = ['']", 'select: "" is not a rule; pinhook --rules lists them'),
        ("select = ['DL3013']", 'select: "DL3013" is not a rule; pinhook --rules lists them'),
        ("ignore = ['PIN0021']", 'ignore: "PIN0021" is not a rule; did you mean PIN002?'),
        ("allow = ['flask==1']", 'allow: "flask==1" is not a package name; leave version and extras out'),
        ("allow = ['-r']", 'allow: "-r" is not a package name; leave version and extras out'),
        ("installers = ['poetri']", 'installers: "poetri" is not an optional installer; did you mean poetry?'),
        (
            "installers = ['conda']",
            'installers: "conda" is not an optional installer; choose from pdm, pipenv, poetry',
        ),
        ("format = 'xml'", f'format: "xml" is not a format; choose from {FORMATS}'),
        ("exclude = ['!x']", 'exclude: "!x" is not a path pattern; it must not be empty or begin with !'),
        ("require-reason = 'yes'", "require-reason: must be true or false, not a string"),
        ("require-reason = 1", "require-reason: must be true or false, not an integer"),
        (
            "per-file-ignores = ['x']",
            'per-file-ignores: must be a table, not an array; write { "tests/**" = ["PIN001"] }',
        ),
        (
            "per-file-ignores = {x = 'PIN001'}",
            'per-file-ignores: the value of "x" must be an array of strings, not a string; write ["PIN001"]',
        ),
        (
            "per-file-ignores = {x = [1]}",
            'per-file-ignores: the value of "x" must be an array of strings; one of its values is an integer',
        ),
        ("per-file-ignores = {x = ['PIN9']}", 'per-file-ignores: "PIN9" is not a rule; did you mean PIN009?'),
        (
            "per-file-ignores = {'' = []}",
            'per-file-ignores: "" is not a path pattern; it must not be empty or begin with !',
        ),
        ("context = ''", 'context: "" is not a path; it must not be empty'),
        ("per-file-contexts = 'x'", "per-file-contexts: must be a table of strings, not a string"),
        ("per-file-contexts = {x = 1}", 'per-file-contexts: the value of "x" must be a string, not an integer'),
        ("requirements = {'' = 'x'}", 'requirements: "" is not a path; it must not be empty'),
        ("exclude = [[]]", "exclude: must be an array of strings; one of its values is an array"),
    ],
)
def test_what_is_wrong(text: str, message: str, folder: Path) -> None:
    (folder / "pinhook.toml").write_text(text)
    with pytest.raises(ConfigError) as raised:
        find(str(folder))
    [line] = raised.value.args
    assert re.sub(r"^pinhook.toml:1:[0-9]+: ", "", line) == message


@pytest.mark.parametrize(
    ("name", "text", "messages"),
    [
        ("pinhook.toml", "level = ⟦'high'⟧", ['level: "high" is not a level; choose from default, strict, hashes']),
        (
            "pinhook.toml",
            "level = 'strict'\nselect = [\n  'PIN001',\n  ⟦'PIN9'⟧,  # 'b'\n  ⟦\"b\"⟧, ⟦'b'⟧]\n",
            [
                'select: "PIN9" is not a rule; did you mean PIN009?',
                *['select: "b" is not a rule; pinhook --rules lists them'] * 2,
            ],
        ),
        (
            "pinhook.toml",
            "# exclude = 1\n'allow'=[⟦'a b'⟧, ⟦'c d'⟧]\n⟦exclude⟧ = [1]\n⟦levl⟧ = 'high'",
            [
                'allow: "a b" is not a package name; leave version and extras out',
                'allow: "c d" is not a package name; leave version and extras out',
                "exclude: must be an array of strings; one of its values is an integer",
                "levl: unknown key; did you mean level?",
            ],
        ),
        (
            "pinhook.toml",
            "[per-file-ignores]\nx = [⟦'a'⟧]\ny = ['PIN', ⟦'b'⟧]\n",
            [f'per-file-ignores: "{word}" is not a rule; pinhook --rules lists them' for word in "ab"],
        ),
        (
            "pyproject.toml",
            "[tool.x]\nlevel = 'high'\n[ tool . pinhook ]\nlevel = ⟦'high'⟧\n",
            ['tool.pinhook.level: "high" is not a level; choose from default, strict, hashes'],
        ),
        (
            "pyproject.toml",
            "tool.pinhook.level = ⟦'high'⟧\n",
            ['tool.pinhook.level: "high" is not a level; choose from default, strict, hashes'],
        ),
        ("pinhook.toml", '⟦select⟧ = ["\\u0061"]', ['select: "a" is not a rule; pinhook --rules lists them']),
    ],
)
def test_where_it_is(name: str, text: str, messages: list[str], folder: Path) -> None:
    before = [text[: match.start()].replace("⟦", "").replace("⟧", "") for match in re.finditer("⟦", text)]
    places = [f"{each.count(chr(10)) + 1}:{len(each) - each.rfind(chr(10))}" for each in before]
    (folder / name).write_text(text.replace("⟦", "").replace("⟧", ""), "utf-8")
    with pytest.raises(ConfigError) as raised:
        find(str(folder))
    assert raised.value.args == tuple(f"{name}:{at}: {each}" for at, each in zip(places, messages, strict=True))


def test_a_key_that_is_not_found_has_no_place(folder: Path) -> None:
    (folder / "pinhook.toml").write_text('"l\\u0065vel" = 1\n')
    with pytest.raises(ConfigError) as raised:
        find(str(folder))
    assert raised.value.args == ("pinhook.toml: level: must be a string, not an integer",)


def test_all_that_is_wrong_is_said_at_once(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.pinhook]\nlevl = 1\nallow = 'pip'\nlevel = 'strict'\n")
    with pytest.raises(ConfigError) as raised:
        find(str(folder))
    assert raised.value.args == (
        "pyproject.toml:2:1: tool.pinhook.levl: unknown key; did you mean level?",
        'pyproject.toml:3:1: tool.pinhook.allow: must be an array of strings, not a string; write ["pip"]',
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"level = strict", "Invalid value (at line 1, column 9)"),
        (b"level = 'a'\nlevel = 'b'", None),
        (b"\xff", "is not UTF-8"),
        (b"x = 2020-13-01", None),
        (b"x = " + b"[" * 100_000, None),
    ],
)
def test_what_is_not_toml(content: bytes, message: str | None, folder: Path) -> None:
    (folder / "pinhook.toml").write_bytes(content)
    with pytest.raises(ConfigError) as raised:
        find(str(folder))
    [line] = raised.value.args
    assert line.startswith("pinhook.toml: ")
    if message:
        assert line == f"pinhook.toml: {message}"


@pytest.mark.parametrize(
    "shared",
    [
        SHARED,
        "tool.pinhook.level = 'strict'",
        "tool = {pinhook = {level = 'strict'}}",
        '["tool"."pinhook"]\nlevel="strict"',
    ],
)
def test_every_way_to_write_the_table(shared: str, folder: Path) -> None:
    (folder / "pyproject.toml").write_text(shared)
    file = find(str(folder))
    assert file
    assert file.values == {"level": "strict"}


@pytest.mark.parametrize(
    "shared",
    ["", "[project]\nname = 'x'\n", "[project]\ndependencies = ['pinhook-pre-commit']\n", "tool = 1  # pinhook"],
)
def test_a_pyproject_without_settings_does_not_count(shared: str, folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "pyproject.toml").write_text(shared)
    assert find(str(folder / "a")) is None
    (folder / "pyproject.toml").write_text(SHARED)
    file = find(str(folder / "a"))
    assert file
    assert (file.path, file.folder) == (str(Path("..", "pyproject.toml")), str(folder))


def test_a_broken_pyproject_that_does_not_mention_pinhook_is_none_of_ours(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[project")
    assert find(str(folder)) is None
    (folder / "pyproject.toml").write_text("[project # pinhook")
    with pytest.raises(ConfigError):
        find(str(folder))


def test_the_table_must_be_one(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("tool.pinhook = 'strict'")
    with pytest.raises(ConfigError) as raised:
        find(str(folder))
    assert raised.value.args == ("pyproject.toml: tool.pinhook: must be a table; write [tool.pinhook]",)


def levels(folder: Path) -> Iterator[Any]:
    for name in ("a/b/c", "a/b", "a", ""):
        file = find(str(folder / name))
        yield file and file.values["level"]


def test_the_nearest_file_counts(folder: Path) -> None:
    (folder / "a" / "b" / "c").mkdir(parents=True)
    (folder / "pinhook.toml").write_text("level = 'default'")
    (folder / "a" / "pyproject.toml").write_text(SHARED)
    assert list(levels(folder)) == ["strict", "strict", "strict", "default"]
    (folder / "a" / "pinhook.toml").write_text(OWN)  # goes before pyproject.toml in the same folder
    assert list(levels(folder)) == ["hashes", "hashes", "hashes", "default"]
    (folder / ".pinhook.toml").write_text("level = 'strict'")  # after pinhook.toml
    (folder / "a" / "pinhook.toml").rename(folder / "a" / ".pinhook.toml")
    assert list(levels(folder)) == ["hashes", "hashes", "hashes", "default"]
    (folder / "a" / "b" / ".git").write_text("gitdir: elsewhere")  # as in a submodule: another repository
    assert list(levels(folder)) == [None, None, "hashes", "default"]


def test_outside_of_a_repository_the_search_goes_on(folder: Path) -> None:
    (folder / ".git").rmdir()
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "pinhook.toml").write_text(OWN)
    file = find(str(folder / "a" / "b"))
    assert file
    assert file.folder == str(folder)


def test_a_directory_of_that_name_is_no_file(folder: Path) -> None:
    (folder / "pinhook.toml").mkdir()
    assert find(str(folder)) is None


def test_a_given_file(folder: Path) -> None:
    (folder / "x").mkdir()
    (folder / "x" / "any.toml").write_text(OWN)
    file = load("x/any.toml")
    assert (file.path, file.folder, file.values) == ("x/any.toml", str(folder / "x"), {"level": "hashes"})
    (folder / "x" / "pyproject.toml").write_text("[project]\n")
    for path, message in [
        ("missing", "missing: No such file or directory"),
        ("x/pyproject.toml", "x/pyproject.toml: has no [tool.pinhook]"),
        ("x", "x: Is a directory"),
    ]:
        with pytest.raises(ConfigError) as raised:
            load(path)
        assert raised.value.args == (message,)


def test_toml_is_read_only_where_there_are_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = "tomllib" if sys.version_info >= (3, 11) else "tomli"
    monkeypatch.setitem(sys.modules, reader, None)
    (folder / "pyproject.toml").write_text("[tool.ruff]\n")
    assert find(str(folder)) is None
    (folder / "pyproject.toml").write_text(SHARED)
    with pytest.raises(ImportError):
        find(str(folder))


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("[tool.pinhok]", "pinhok"),
        ("[tool.Pinhook]", "Pinhook"),
        ("[tool.pin-hook]", "pin-hook"),
        ("[ tool . 'pinhooks' ]", "pinhooks"),
        ("[tool.pnihook.per-file-ignores]", "pnihook"),
        ("[project]\nname = 'pinhook'\n[tool.pihook]", "pihook"),
    ],
)
def test_a_table_that_is_misspelt(table: str, name: str, folder: Path) -> None:
    (folder / "pyproject.toml").write_text(f"{table}\n")
    with pytest.raises(
        ConfigError, match=rf"^pyproject.toml: tool.{name}: unknown table; did you mean tool.pinhook\?$"
    ):
        find(str(folder))


@pytest.mark.parametrize(
    "table",
    [
        "[tool.poetry]",
        "[tool.pytest.ini_options]",
        "[tool.pip-hooks-of-others]",
        "[tool.x.pinhok]",
        "[project]",
        "tool=1",
    ],
)
def test_a_table_of_another_tool(table: str, folder: Path) -> None:
    (folder / "pyproject.toml").write_text(f"{table}\n")
    assert find(str(folder)) is None
    (folder / "pyproject.toml").write_text(f"# not for pinhook\n{table}\n")
    assert find(str(folder)) is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a = " + b"[" * 5_000, "is nested too deeply"),
        (b"a = " + b"{a = " * 5_000, "is nested too deeply"),
        (b"level = 'strict'\n#" + b" " * MAX_FILE_SIZE, "is larger than 1024 kB"),
        (b"\n" + b".".join([b"a"] * 5_000) + b" = 1", "a key has more than 100 parts (at line 2)"),
        (b"[" + b" . ".join([b"'a.b'"] * 5_000) + b"]", "a key has more than 100 parts (at line 1)"),
        (
            b'x = {a = """\n""", ' + b".".join([b'"a"'] * 5_000) + b' = "x"}',
            "a key has more than 100 parts (at line 2)",
        ),
        (rb'x = {a = "\"", ' + b".".join([b"a"] * 5_000) + b' = "x"}', "a key has more than 100 parts (at line 1)"),
        (b"x = " + b"1" * 5_000, None),
    ],
    ids=range(8),
)
@pytest.mark.parametrize("name", ["pinhook.toml", "pyproject.toml"])
def test_a_hostile_file(name: str, content: bytes, message: str | None, folder: Path) -> None:
    (folder / name).write_bytes(content if name == "pinhook.toml" else content + b" # pinhook")
    with pytest.raises(ConfigError) as raised:
        find(str(folder))
    [line] = raised.value.args
    assert line.startswith(f"{name}: ")
    assert message is None or line == f"{name}: {message}"


def test_many_dots_in_strings_are_no_long_key(folder: Path) -> None:
    dependencies = ", ".join(['"a==1.2.3"'] * 200)
    text = f"[project]\ndependencies = [{dependencies}]\ndescription = '{'.' * 200}'\n"
    (folder / "pyproject.toml").write_text(SHARED + text)
    assert find(str(folder))


def test_the_work_for_keys_is_linear() -> None:
    """Parsing a key is quadratic in its parts, so their number is limited."""

    def calls(count: int) -> int:
        text = b"".join(b".".join([b"a"] * 90) + b".k%d = 1\n" % number for number in range(count))
        return count_calls(lambda: _compat.parse(text))

    few, more, most = (calls(count) for count in (10, 20, 40))
    assert most - more <= 2.2 * (more - few)


def test_blank_lines_cost_nothing(folder: Path) -> None:
    """With as many, an expression that looks for a heading after each of them would not end."""
    (folder / "pyproject.toml").write_bytes(b"\n \t" * 200_000 + b"[tool.pinhok]\n")
    with pytest.raises(ConfigError, match="did you mean"):
        find(str(folder))


def test_not_all_of_many_mistakes_are_reported(folder: Path) -> None:
    (folder / "pinhook.toml").write_text("".join(f"levl{number} = 1\n" for number in range(100 * MAX_MISTAKES)))
    with pytest.raises(ConfigError) as raised:
        find(str(folder))
    assert len(raised.value.args) == MAX_MISTAKES + 1
    assert raised.value.args[-1] == "pinhook.toml: has more mistakes"


def test_a_long_word_is_shortened(folder: Path) -> None:
    (folder / "pinhook.toml").write_text(f"level = '{'x' * 100_000}'\n{'y' * 100_000} = 1\n")
    with pytest.raises(ConfigError) as raised:
        find(str(folder))
    assert max(map(len, raised.value.args)) < 250


@pytest.mark.parametrize("name", ["context", "exclude", "requirements", "per-file-contexts", "per-file-ignores"])
def test_a_path_that_no_system_has(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = {"context": r'"\u0000"', "exclude": r'["\u0000"]', "per-file-ignores": r'{"\u0000" = []}'}
    value = values.get(name, r'{"Dockerfile" = "\u0000"}')
    (folder / "pinhook.toml").write_text(f"level = 'strict'\n{name} = {value}\n")
    (folder / "Dockerfile").write_text("FROM python\nCOPY r.txt .\nRUN pip install -r r.txt\n")
    main(["Dockerfile", "."])
    assert "internal error" not in capsys.readouterr().err
