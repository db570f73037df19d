"""The parts of the words of ``pip`` that only the build knows: ⟦ ⟧ marks them.

After ``→`` is the output of ``show`` for the command, if it differs in more than the marks.
"""

from __future__ import annotations

import pytest

from tests.marks import unmark
from tests.shell.show import commands

WORDS = r"""
pip a⟦$(b)⟧c ⟦$(b)$(c)⟧ ⟦`d`⟧e
pip ⟦$x⟧-a ⟦${x}⟧a a⟦$1⟧b
pip ⟦${#x}⟧a ⟦${#}⟧a ⟦${##a}⟧b ⟦${#-a}⟧b ⟦${!x}⟧a ⟦${!x*}⟧a ⟦${!}⟧a ⟦${?:-a}⟧b
pip ⟦${a[1]}⟧b ⟦${a[@]}⟧b ⟦${#a[@]}⟧b ⟦${x@Q}⟧b ⟦${x.y-z}⟧b ⟦${}⟧b ⟦${-}⟧b
pip a⟦$((1+1))⟧b ⟦$[1]⟧a] @⟦(a|b)⟧c ⟦<(a)⟧b
pip ⟦~⟧/a/b ⟦~u⟧/a a~/b
pip ⟦~⟧/a'b'"c"d → pip ⟦~⟧/abcd
pip "a ⟦$x⟧ b" 'c $x' → pip «a ⟦$x⟧ b» «c $x»
x=$(l)k; pip ⟦${x%k}⟧ ⟦${x/k/m}⟧a ⟦${x:1}⟧
x=flask; pip ⟦${x#$u}⟧ a⟦${x%$u}⟧
x="a $(l m) b c"; pip $x → pip a «⟦$(l m)⟧» b c
x="a $(l m) b c"; pip ${u:-$x} "${u:-$x}" → pip a «⟦$(l m)⟧» b c «a ⟦$(l m)⟧ b c»
x=$(l); pip a${x-d} → pip a⟦$(l)⟧
x=a$(l); pip ${x:-d} → pip a⟦$(l)⟧
pip ${u:-$(l m)}a → pip «⟦$(l m)⟧a»
"""


@pytest.mark.parametrize("case", WORDS.strip().splitlines())
def test_what_only_the_build_knows(case: str) -> None:
    script, _, expected = case.partition(" → ")
    found = [command for command in commands(unmark(script)[0]) if command.startswith("pip ")]
    assert found == [expected or script.rpartition("; ")[2]]
