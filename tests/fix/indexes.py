"""A package index in a folder, with tiny wheels, and its projects for the tests."""

from __future__ import annotations

import hashlib
import html
import zipfile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Release(NamedTuple):
    """A version of a project. Without a wheel it has only a source archive, which nobody should unpack."""

    name: str
    version: str
    requires: tuple[str, ...] = ()
    python: str = ""
    yanked: bool = False
    tag: str = "py3-none-any"
    is_source: bool = False


RELEASES = (
    Release("alpha", "1.0"),
    Release("alpha", "1.1"),
    Release("alpha", "2.0", python=">=3.10"),
    Release("alpha", "2.1", python=">=3.10", yanked=True),
    Release("alpha", "3.0rc1"),
    Release("beta", "1.0", ("gamma<2",)),
    Release("beta", "2.0", ("gamma>=2",)),
    Release("gamma", "1.0"),
    Release("gamma", "2.0"),
    Release("delta", "1.0", ("gamma>=1",)),
    Release("delta", "2.0", ("gamma<2",)),
    Release("epsilon", "0.1a1"),
    Release("epsilon", "0.1a2"),
    Release("capped", "1.0"),
    Release("capped", "2.0", python=">=3.8,<3.11"),
    Release("old", "1.0", python="<3"),
    Release("epoch", "1!2.0"),
    Release("built", "1.0", is_source=True),
    Release("heavy", "1.0"),
    Release("heavy", "2.0", ("built",)),
    Release("extra-pkg", "1.0", ('alpha<2 ; extra == "x"',)),
    Release("muslonly", "1.0", tag="cp312-cp312-musllinux_1_1_x86_64"),
    Release("muslonly", "0.9"),
    Release("gone", "1.0", yanked=True),
    Release("mixed", "1.0", is_source=True),
    Release("mixed", "1.0", ("gamma<2",)),
    Release("mixed", "2.0"),
    Release("top", "1.0", ("mixed",)),
    Release("legacy", "1.0", is_source=True),
    Release("legacy", "2.0"),
    Release("client", "0.9", is_source=True),
    Release("client", "1.0", ("legacy>=2",)),
)


def make_index(folder: Path, releases: tuple[Release, ...] = RELEASES) -> str:
    """Write an index; its URL."""
    files = folder / "files"
    files.mkdir(parents=True)
    pages: dict[str, list[str]] = {}
    for release in releases:
        path = _source(files, release) if release.is_source else _wheel(files, release)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        python = f' data-requires-python="{html.escape(release.python)}"' if release.python else ""
        yanked = ' data-yanked="broken"' if release.yanked else ""
        link = f'<a href="../../files/{path.name}#sha256={digest}"{python}{yanked}>{path.name}</a>'
        pages.setdefault(release.name, []).append(link)
    for name, links in pages.items():
        page = folder / "simple" / name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("<!DOCTYPE html><html><body>" + "\n".join(links) + "</body></html>", "utf-8")
    return (folder / "simple").as_uri()


def _wheel(folder: Path, release: Release) -> Path:
    name = release.name.replace("-", "_")
    info = f"{name}-{release.version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {release.name}\nVersion: {release.version}\nProvides-Extra: x\n"
    metadata += f"Requires-Python: {release.python}\n" if release.python else ""
    metadata += "".join(f"Requires-Dist: {each}\n" for each in release.requires)
    wheel = f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {release.tag}\n"
    files = {f"{name}/__init__.py": "", f"{info}/METADATA": metadata, f"{info}/WHEEL": wheel}
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    path = folder / f"{name}-{release.version}-{release.tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in files.items():
            archive.writestr(zipfile.ZipInfo(member, (2020, 1, 1, 0, 0, 0)), content)
    return path


def _source(folder: Path, release: Release) -> Path:
    path = folder / f"{release.name}-{release.version}.tar.gz"
    path.write_bytes(b"no archive: whoever opens this fails")
    return path
