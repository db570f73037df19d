"""What the text of an instruction says, as far as its single commands do not; looked up once, not by each command."""

from __future__ import annotations

from functools import cached_property

from pinhook._startup.lazy_re import regex

_KNOWN_SCRIPTS = regex(
    r"sh\.rustup\.rs|rustup|nodesource|astral\.sh/uv|install-poetry|install\.python-poetry|pyenv\.run|pyenv-installer|"
    r"get\.docker\.com|nvm-sh|nvm/v|helm|get\.sdkman|bun\.sh|deno\.land|aka\.ms/InstallAzureCLI|awscli|aws/install|"
    r"packagecloud|script\.deb\.sh|ohmyzsh|oh-my-zsh|starship|cmake-[\w.-]{0,40}\.sh|cuda_[\w.-]{0,60}\.run|"
    r"google-cloud-sdk|gcloud|hadolint|trivy|just\.systems|ollama|foundry|mkcert|bazel|golangci|llvm\.sh|"
    r"kubectl|k3d|k3s|terraform|tfenv|goenv|rbenv|codecov|syft|grype|cosign|julia|sonar|newrelic|datadog|doppler|"
    r"getcroc|rclone|code-server|getcomposer|get\.pulumi|fly\.io/install|yarnpkg|get\.volta|fnm\.vercel|dotnet-install|"
    r"tailscale|jfrog|bootstrap-vcpkg|sdk\.cloud\.google"
)
"""Installation scripts that do not change which Python is used by commands without a path."""
_CONDA = regex(r"(?i:(?:mini|ana)(?:conda|forge)|mambaforge|micromamba)")
_CONDA_VERSION = regex(r"Mini(?:conda|forge)[23]?-py(?P<major>[23])(?P<minor>[0-9]{1,2})_")


class InstructionText:
    """The text of one instruction."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def runs_known_script(self) -> bool:
        """Whether it names the installer of something other than Python."""
        return _KNOWN_SCRIPTS.search(self.text) is not None

    @cached_property
    def names_conda(self) -> bool:
        """Whether it names conda, or an installer of it."""
        return _CONDA.search(self.text) is not None

    @cached_property
    def versions_of_conda(self) -> frozenset[str]:
        """The versions of Python in the names of installers of conda."""
        return frozenset(f"{found['major']}.{found['minor']}" for found in _CONDA_VERSION.finditer(self.text))

    @cached_property
    def names_sources(self) -> bool:
        """Whether it names an archive of the sources of Python."""
        return "Python-" in self.text
