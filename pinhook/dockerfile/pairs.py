"""The ``name=value`` words of ``ENV``, ``LABEL`` and ``ARG``, and the older ``ENV name value``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.dockerfile.words import split_first, split_words

if TYPE_CHECKING:
    from pinhook.dockerfile.instruction import Instruction
    from pinhook.source import SourceText


def parse_pairs(instruction: Instruction, escape: str) -> list[tuple[SourceText, SourceText | None]]:
    """Names and values as written, with quotes. The value is ``None`` if there is none.

    pairs = word *(space word)                ; a word is name["=" value]
          / name gap value                    ; of ENV and LABEL, if the first word has no "="

    BuildKit accepts a name without value for ``ARG`` only. Follows its parseNameVal and parseNameOrNameVal.
    """
    words = split_words(instruction.arguments, escape)
    if instruction.keyword != "ARG" and words and "=" not in str(words[0]):
        return [split_first(instruction.arguments)]
    return [_split_pair(word) for word in words]


def _split_pair(word: SourceText) -> tuple[SourceText, SourceText | None]:
    equals = str(word).find("=")
    return (word, None) if equals < 0 else (word[:equals], word[equals + 1 :])
