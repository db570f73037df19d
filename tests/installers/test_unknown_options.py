"""Options that are in no table: every release of pip adds some."""

from __future__ import annotations

import pytest

from pinhook.source import Source
from tests.checks import check
from tests.marks import mark, unmark

CASES = """
pip install --new flask==1.0
pip install --new 'flask[async]===1.0'
pip install --new ./x
pip install --new x-1-py3-none-any.whl
pip install --new $X
pip install --new git+https://example.org/x@v1
pip install --new https://example.org/x.zip
pip install -c c.txt --new flask
pip install --no-index -f w --new flask
pip install --new flask flask==1.0
pip install --new=flask six==1.0
pip install --new pip
pip install -y flask==1.0
pip install --new flask==1.0 ⟦django⟧
pip install ⟦--new⟧ flask
pip install ⟦-y⟧ flask
pip install ⟦--new⟧ 'flask>=1'
pip install ⟦--new⟧ flask=1.0
pip install ⟦--new⟧ requirements.txt
pip install ⟦--new⟧ git+https://example.org/x
pip install -c c.txt ⟦--new⟧ git+https://example.org/x
pip install ⟦--new⟧ 'flask==1.0,==2.0'
uv pip install --new flask==1.0
uv pip install ⟦--new⟧ https://example.org/x.git
uv add --new flask==1.0
uv add ⟦--new⟧ flask
uv tool install --new ruff@0.6.0
uv tool install ⟦--new⟧ ruff@latest
uvx ⟦--new⟧ ruff==0.6.0 check
pipx install --new black==24.1.0
pipx install ⟦--new⟧ black
pipx inject ⟦--new⟧ env black==24.1.0
pipx run ⟦--new⟧ black==24.1.0 x
easy_install --new flask==1.0
easy_install ⟦--new⟧ flask
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_reported_only_where_it_matters_whether_the_option_takes_the_word(case: str) -> None:
    text = f"FROM x\nRUN {case}\n"
    report = check(Source("Dockerfile", unmark(text)[0]), allowed=["pip"])
    assert mark(unmark(text)[0], [finding.place.span for finding in report.findings]) == text
