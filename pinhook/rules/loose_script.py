"""A script of the repository that the image runs installs something without an exact version.

## Why it matters

`RUN ./install.sh` installs packages as surely as `RUN pip install` does, and a reader of the Dockerfile does not see
them. Findings in a script that the Dockerfile writes itself are reported by the other rules. A script of the repository
is found through `COPY`, `ADD`, `--mount` and `WORKDIR`. It is read with the arguments and variables of the command that
runs it. A finding has the message of the rule that reports the same in a Dockerfile, and names that command.

## Flagged

    RUN --mount=target=/src /src/install.sh
    RUN --mount=target=/src cd /src && . ./install.sh

where `install.sh` has `pip install flask`.

## Accepted

    RUN --mount=target=/src /src/install.sh flask==3.0.0
    RUN --mount=target=/src cd /src && bash -e install.sh flask==3.0.0

where `install.sh` has `pip install "$1"`. A word that comes from the Dockerfile is reported there: with
`RUN /install.sh flask`, `flask` is PIN001.

## Fix

Write the versions into the script. pinhook can write them if the script itself is given as an argument. `--show-files`
lists the scripts that were read, and says why others were not.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.finding import Related
from pinhook.rules._base import Level, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.source import Place


def check(finding: Finding, run_by: Place) -> Iterator[Finding]:
    """Report the finding of another rule in a script that the command at ``run_by`` runs."""
    related = (Related(run_by, "run here"), *finding.related)
    yield finding._replace(original_code=finding.code, code=RULE.code, name=RULE.name, related=related)


RULE = Rule("PIN012", "loose-script", Level.STRICT, check, (Subject.FINDING_IN_SCRIPT,))
