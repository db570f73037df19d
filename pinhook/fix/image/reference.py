"""The parts of the name of an image: registry, repository, tag and digest."""

from __future__ import annotations

from pinhook._startup.namedtuple import NamedTuple

HUBS = frozenset({"docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"})
"""The host names of Docker Hub."""

MIRRORS = ("mirror.gcr.io", "docker.1ms.run", "public.ecr.aws/docker")
"""Registries that have the images of Docker Hub under the same names. Other registries may have other images."""

PORTS = {
    "amd64": "amd64",
    "arm32v5": "arm/v5",
    "arm32v6": "arm/v6",
    "arm32v7": "arm/v7",
    "arm64v8": "arm64",
    "i386": "386",
    "mips64le": "mips64le",
    "ppc64le": "ppc64le",
    "riscv64": "riscv64",
    "s390x": "s390x",
}
"""The namespaces of Docker Hub with the official images for one CPU, and Docker's name for the CPU."""


class Reference(NamedTuple):
    """The name of an image.

    ``name``      the whole name
    ``key``       the repository in the form of the tables, without tag and digest: ``python`` for official images of
                Docker Hub, ``nvidia/cuda`` for others of it
    ``port``      the namespace of an official image for one CPU
    ``tag``       empty if there is none
    ``digest``    empty if there is none
    """

    name: str
    key: str
    tag: str
    digest: str
    port: str = ""

    @property
    def last(self) -> str:
        """The last component of the repository."""
        return self.key.rpartition("/")[2]

    @property
    def without_digest(self) -> str:
        """The name as written, up to the digest."""
        return self.name.partition("@")[0]

    @property
    def without_registry(self) -> str:
        """Repository and tag in the form of the tables: ``acme/base:1`` for ``docker.io/acme/base:1``."""
        return f"{self.key}:{self.tag}" if self.tag else self.key

    @property
    def shown(self) -> str:
        """The name for a message, with a shortened digest."""
        return f"{self.without_digest}@{self.digest[:19]}" if self.digest else self.name


def parse_reference(name: str) -> Reference:
    """The parts of a name. Nothing is validated."""
    without_digest, _, digest = name.partition("@")
    path, colon, tag = without_digest.rpartition(":")
    if not colon or "/" in tag:
        path, tag = without_digest, ""
    repository = _on_docker_hub(path)
    if repository is None:
        return Reference(name, path, tag, digest)
    namespace, _, rest = repository.partition("/")
    if namespace in PORTS and rest and "/" not in rest:
        return Reference(name, rest, tag, digest, namespace)
    return Reference(name, repository.removeprefix("library/"), tag, digest)


def _on_docker_hub(path: str) -> str | None:
    """The repository on Docker Hub; ``None`` for an image of another registry."""
    registry, slash, rest = path.partition("/")
    if not slash or not ("." in registry or ":" in registry or registry == "localhost"):
        return path
    if registry in HUBS:
        return rest
    return next((path[len(mirror) + 1 :] for mirror in MIRRORS if path.startswith(f"{mirror}/")), None)
