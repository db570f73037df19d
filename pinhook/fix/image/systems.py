"""The Python of each system: the version that its package manager installs as ``python3``.

Sources: the package indexes of Debian, Ubuntu, Alpine and Fedora, the manuals of RHEL and Amazon Linux 2023, the notes
of the deadsnakes archive, the compatibility table of Triton, and public files: the output of ``pip --version``, logs of
package managers, and Dockerfiles that name the version of a package. A release without a source is not in the table.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import NamedTuple

AS_OF = "2026-11-26"

_BOTH = ("pip3", "pip")


class System(NamedTuple):
    """A release of a distribution.

    ``manager``          the package manager
    ``python3``          the version of its package ``python3``; with two numbers, the patch changes
    ``is_lower_bound``   the version is this one or a later one
    ``is_moving``        the series changes, and the row is dated
    ``pip``              the commands of the package ``python3-pip`` (``py3-pip`` on Alpine)
    ``pip_version``      its version, if known
    ``python2``          the version of the package ``python`` or ``python2``
    ``has_pip2``         the package ``python-pip`` provides its ``pip``
    ``pip2_version``     the version of that ``pip``, if it is not the one of ``python3-pip``
    ``glibc``            the minor version of glibc 2; 0 if it is unknown or musl
    ``is_alternative``   the package of another series may become ``/usr/bin/python3``
    """

    manager: str
    python3: str
    is_lower_bound: bool = False
    pip: tuple[str, ...] = ("pip3",)
    pip_version: str = ""
    glibc: int = 0
    python2: str = ""
    has_pip2: bool = False
    pip2_version: str = ""
    is_alternative: bool = False
    is_moving: bool = False


def _apt(python3: str, glibc: int, pip_version: str = "", pip: tuple[str, ...] = _BOTH) -> System:
    return System("apt", python3, pip=pip, pip_version=pip_version, glibc=glibc)


def _apk(python3: str, *, is_lower_bound: bool = True, pip: tuple[str, ...] = _BOTH, python2: str = "") -> System:
    return System("apk", python3, is_lower_bound, pip, python2=python2, has_pip2=bool(python2))


def _dnf(python3: str, glibc: int = 0, pip: tuple[str, ...] = _BOTH) -> System:
    return System("dnf", python3, pip=pip, glibc=glibc)


SYSTEMS = {
    "ubuntu:14.04": _apt("3.4.3", 0, "1.5.4", ("pip3",))._replace(python2="2.7", has_pip2=True),
    "ubuntu:16.04": _apt("3.5.2", 23, "8.1.1", ("pip3",))._replace(python2="2.7", has_pip2=True),
    "ubuntu:18.04": _apt("3.6.9", 27, "9.0.1", ("pip3",))._replace(python2="2.7", has_pip2=True),
    "ubuntu:20.04": _apt("3.8.10", 31, "20.0.2"),
    "ubuntu:22.04": _apt("3.10.12", 35),
    "ubuntu:24.04": _apt("3.12.3", 39),
    **{
        f"ubuntu:{release}": _apt(python3, 0, pip=pip)._replace(is_lower_bound=True)
        for release, python3, pip in (
            ("19.04", "3.7.3", ("pip3",)),
            ("19.10", "3.7.5", ("pip3",)),
            ("20.10", "3.8.10", _BOTH),
            ("21.04", "3.9.5", _BOTH),
            ("21.10", "3.9.4", _BOTH),
            ("22.10", "3.10.6", _BOTH),
            ("23.04", "3.11.4", _BOTH),
            ("23.10", "3.11.6", _BOTH),
            ("24.10", "3.12.7", _BOTH),
            ("25.04", "3.13.3", _BOTH),
        )
    },
    "ubuntu:25.10": _apt("3.13.7", 0),
    "ubuntu:26.04": _apt("3.14.3", 0)._replace(is_lower_bound=True),
    "ubuntu:26.10": _apt("3.14.3", 0)._replace(is_lower_bound=True),
    "debian:8": _apt("3.4.2", 0, "1.5.6", ("pip3",))._replace(python2="2.7", has_pip2=True),
    "debian:9": _apt("3.5.3", 0, "9.0.1", ("pip3",))._replace(python2="2.7", has_pip2=True),
    "debian:10": _apt("3.7.3", 0, "18.1", ("pip3",))._replace(python2="2.7", has_pip2=True),
    "debian:11": _apt("3.9.2", 31, "20.3.4")._replace(python2="2.7.18"),
    "debian:12": _apt("3.11.2", 36, "23.0.1", ("pip3", "pip", "pip3.11")),
    "debian:13": _apt("3.13.5", 41, "25.1.1"),
    "debian:14": _apt("3.14.7", 43, "26.2.2")._replace(is_lower_bound=True, is_moving=True),
    "debian:sid": _apt("3.14.8", 0, "26.2.2")._replace(is_lower_bound=True, is_moving=True),
    "alpine:3.5": _apk("3.5.2", pip=("pip3",), python2="2.7"),
    "alpine:3.6": _apk("3.6.8", pip=("pip3",), python2="2.7"),
    "alpine:3.7": _apk("3.6.9", pip=("pip3",), python2="2.7"),
    "alpine:3.8": _apk("3.6.9", pip=("pip3",), python2="2.7"),
    "alpine:3.9": _apk("3.6.8", is_lower_bound=False, pip=("pip3",), python2="2.7"),
    "alpine:3.10": _apk("3.7.3", is_lower_bound=False, pip=("pip3",), python2="2.7"),
    "alpine:3.11": _apk("3.8.0", pip=("pip3",), python2="2.7"),
    "alpine:3.12": _apk("3.8.10", is_lower_bound=False),
    "alpine:3.13": _apk("3.8.15", is_lower_bound=False),
    "alpine:3.14": _apk("3.9.5"),
    "alpine:3.15": _apk("3.9.16"),
    "alpine:3.16": _apk("3.10.14"),
    "alpine:3.17": _apk("3.10.11"),
    "alpine:3.18": _apk("3.11.12"),
    "alpine:3.19": _apk("3.11.14"),
    "alpine:3.20": _apk("3.12.8"),
    "alpine:3.21": _apk("3.12.11"),
    "alpine:3.22": _apk("3.12.13"),
    "alpine:3.23": _apk("3.12.12"),
    "alpine:3.24": _apk("3.14.5"),
    "fedora:28": _dnf("3.6", pip=("pip3",)),
    "fedora:29": _dnf("3.7", pip=("pip3",)),
    "fedora:30": _dnf("3.7", pip=("pip3",)),
    "fedora:31": _dnf("3.7"),
    "fedora:32": _dnf("3.8"),
    "fedora:33": _dnf("3.9"),
    "fedora:34": _dnf("3.9"),
    "fedora:35": _dnf("3.10"),
    "fedora:36": _dnf("3.10"),
    "fedora:37": _dnf("3.11"),
    "fedora:38": _dnf("3.11"),
    "fedora:39": _dnf("3.12"),
    "fedora:40": _dnf("3.12"),
    "fedora:41": _dnf("3.13"),
    "fedora:42": _dnf("3.13"),
    "fedora:43": _dnf("3.14"),
    "fedora:44": _dnf("3.14"),
    "fedora:45": _dnf("3.15"),
    "el:7": _dnf("3.6.8", 17, pip=("pip3",))._replace(python2="2.7.5", has_pip2=True, pip2_version="8.1.2"),
    "el:8": _dnf("3.6.8", 28, ("pip3",))._replace(is_alternative=True),
    "el:9": _dnf("3.9"),
    "el:10": _dnf("3.12"),
    "amazonlinux:2": _dnf("3.7", pip=("pip3",)),
    "amazonlinux:2023": _dnf("3.9"),
    "opensuse/leap:15.5": System("zypper", "3.6"),
    "opensuse/leap:15.6": System("zypper", "3.6"),
    "opensuse/leap:16.0": System("zypper", "3.13"),
} | {f"opensuse/leap:15.{minor}": System("zypper", "3.6") for minor in range(5)}

CODENAMES = {
    "trusty": "ubuntu:14.04",
    "xenial": "ubuntu:16.04",
    "bionic": "ubuntu:18.04",
    "focal": "ubuntu:20.04",
    "jammy": "ubuntu:22.04",
    "noble": "ubuntu:24.04",
    "disco": "ubuntu:19.04",
    "eoan": "ubuntu:19.10",
    "groovy": "ubuntu:20.10",
    "hirsute": "ubuntu:21.04",
    "impish": "ubuntu:21.10",
    "kinetic": "ubuntu:22.10",
    "lunar": "ubuntu:23.04",
    "mantic": "ubuntu:23.10",
    "oracular": "ubuntu:24.10",
    "plucky": "ubuntu:25.04",
    "questing": "ubuntu:25.10",
    "resolute": "ubuntu:26.04",
    "stonking": "ubuntu:26.10",
    "jessie": "debian:8",
    "stretch": "debian:9",
    "buster": "debian:10",
    "bullseye": "debian:11",
    "bookworm": "debian:12",
    "trixie": "debian:13",
    "forky": "debian:14",
    "sid": "debian:sid",
}
"""The code names of releases."""

FLOATING_AS_OF = "2026-08-21"

FLOATING = {
    "ubuntu:latest": "ubuntu:26.04",
    "ubuntu:rolling": "ubuntu:26.04",
    "ubuntu:devel": "ubuntu:26.10",
    "debian:latest": "debian:13",
    "debian:stable": "debian:13",
    "debian:oldstable": "debian:12",
    "debian:testing": "debian:14",
    "alpine:latest": "alpine:3.24",
    "alpine:3": "alpine:3.24",
    "fedora:latest": "fedora:44",
    "almalinux:latest": "el:10",
    "amazonlinux:latest": "amazonlinux:2023",
}
"""Tags that name another release from time to time."""
