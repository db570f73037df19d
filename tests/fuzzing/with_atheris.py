"""The same laws under atheris, which has no wheel for every Python, and so is no dependency of the tests.

``python -m tests.fuzzing.with_atheris [FOLDER] [-max_total_time=60] …``: libFuzzer keeps its inputs in FOLDER, and
the options are its own. It stops at the first input for which a law does not hold, and writes it to a file. An input
that begins with a hyphen is a requirements file without it.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any
from zlib import crc32

atheris: Any = import_module("atheris")  # it has no types

with atheris.instrument_imports(include=["pinhook"]):
    from tests.fuzzing.laws import Input, broken, laws


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        every_law = laws(Path(folder))

        def look(data: bytes) -> None:
            given = Input("requirements.txt", data[1:]) if data[:1] == b"-" else Input("Dockerfile", data)
            for law in every_law:
                if crc32(data) % law.every == 0 and (reason := broken(law, given)):
                    raise AssertionError(reason)

        atheris.Setup(sys.argv, look)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
