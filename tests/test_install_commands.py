"""Install commands in all forms: which are reported, with the word marked, and which are not.

A case is a Dockerfile, or the text of its RUN. The independent axes (wrappers, quoting, the form of the instruction)
are crossed.
"""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook.source import Source
from tests.checks import check
from tests.marks import mark, unmark

if TYPE_CHECKING:
    from pinhook.check import Report


def checked(text: str) -> Report:
    return check(Source("Dockerfile", text))


def marked(text: str) -> str:
    return mark(text, [finding.place.span for finding in checked(text).findings])


def cases(table: str) -> list[str]:
    """The cases of a table: lines, or paragraphs where an indented line goes on."""
    found: list[str] = []
    for line in table.strip("\n").splitlines():
        if line.startswith("    ") and found:
            found[-1] += "\n" + line[4:]
        elif line and not line.startswith("#"):
            found.append(line)
    return found


INSTALL_COMMANDS = r"""
# the plain command, and the names of pip
pip install ⟦flask⟧
pip3 install ⟦flask⟧
pip3.12 install ⟦flask⟧
pip-3.6 install ⟦flask⟧
/usr/bin/pip install ⟦flask⟧
./venv/bin/pip3 install ⟦flask⟧
"/opt/my venv/bin/pip" install ⟦flask⟧
python -m pip install ⟦flask⟧
python3 -m pip install ⟦flask⟧
python3.12 -m pip install ⟦flask⟧
/opt/venv/bin/python -m pip install ⟦flask⟧
pypy3 -m pip install ⟦flask⟧
python -mpip install ⟦flask⟧
python -Impip install ⟦flask⟧
python -W ignore -m pip install ⟦flask⟧
python -u -X dev -m pip install ⟦flask⟧
py -3 -m pip install ⟦flask⟧
python.exe -m pip install ⟦flask⟧
python -m pip.__main__ install ⟦flask⟧
pip --no-cache-dir install ⟦flask⟧
pip -q --log f --isolated install ⟦flask⟧
pip download ⟦flask⟧
pip wheel ⟦flask⟧
pip lock ⟦flask⟧
pip install -U ⟦pip⟧ ⟦setuptools⟧ wheel==0.40
pip install -r requirements.txt ⟦flask⟧
pip install ⟦flask⟧ -r requirements.txt
pip install -Ur f.txt ⟦flask⟧
pip install --no-binary :all: ⟦flask⟧
pip install -i https://example.org/simple ⟦flask⟧
pip install --index-url=https://example.org/simple ⟦flask⟧
pip install -- ⟦flask⟧

# pip as a file that Python runs
python3 "$(which pip3)" install ⟦flask⟧
python3 `which pip` install ⟦flask⟧
python3 -u $(command -v pip) install ⟦flask⟧
python "$(type -p pip3.11)" install ⟦flask⟧
python3 $VENV/bin/pip install ⟦flask⟧
"$VENV/bin/python" "$VENV/bin/pip" install ⟦flask⟧
python3 $OPTIONS "$VENV/bin/pip" install ⟦flask⟧
python3 /tmp/pip.pyz install ⟦flask⟧
python3 /tmp/pip-24.0.pyz install ⟦flask⟧
./pip.pyz install ⟦flask⟧
python pipx.pyz install ⟦flask⟧
pip-python install ⟦flask⟧
pip-python3 install ⟦flask⟧
python3-pip install ⟦flask⟧
python pip-20.0-py3-none-any.whl/pip install ⟦flask⟧

# get-pip.py
python get-pip.py ⟦flask⟧
python3 /tmp/get-pip.py --no-setuptools pip==20.0 ⟦setuptools⟧
./get-pip.py '⟦pip<21⟧'
curl -sS https://example.org/get-pip.py | python3 - ⟦flask⟧ wheel==1
curl -sS https://example.org/get-pip.py \
        | sudo -H python3 - --no-cache-dir ⟦flask⟧
python3 - ⟦flask⟧ < get-pip.py
python3 <(curl -s https://example.org/get-pip.py) ⟦flask⟧
python -c "$(curl -s https://example.org/get-pip.py)" ⟦flask⟧
curl -O https://example.org/get-pip.py && python get-pip.py ⟦flask⟧ && rm get-pip.py

# quoting
'pip' install ⟦flask⟧
p"i"p install ⟦flask⟧
\pip install ⟦flask⟧
pip install '⟦flask⟧'
pip install "⟦flask⟧"
pip install ⟦fl"as"k⟧
pip install '⟦flask>=2⟧'
pip install "⟦flask>=2,<3⟧"
pip install ⟦flask\>=2⟧
pip install ⟦flask'>='2⟧
pip install ⟦flask>=2⟧
pip install ⟦flask>=2,<3⟧ ⟦django<5⟧
pip install \
        ⟦flask⟧ \
        # a comment line
        ⟦django⟧
pip install ⟦fl\
    ask⟧
pip install ⟦flask⟧ # ⟦ is no mark here
pip install ⟦flask⟧;
pip install ⟦flask⟧&& true
(pip install ⟦flask⟧)
{ pip install ⟦flask⟧; }
pip install ⟦flask⟧ > log 2>&1
pip install ⟦flask⟧>/dev/null
2>log pip install ⟦flask⟧
pip install '⟦flask⟧; python_version > "3"'
pip install "⟦flask[async]⟧"

# lists, conditions and loops
true && pip install ⟦flask⟧ && true
true || pip install ⟦flask⟧
true; pip install ⟦flask⟧
true | pip install ⟦flask⟧
pip install ⟦flask⟧ & wait
! pip install ⟦flask⟧
if x; then pip install ⟦a⟧; elif y; then pip install ⟦b⟧; elif z; then pip install ⟦c⟧; else pip install ⟦d⟧; fi
if pip install ⟦flask⟧; then true; fi
while pip install ⟦a⟧; do pip install ⟦b⟧; done
until pip install ⟦a⟧; do pip install ⟦b⟧; done
case $(uname -m) in x86_64) pip install ⟦a⟧;; aarch64|arm64) pip install ⟦b⟧ ;; *) pip install ⟦c⟧; esac
[ -f x ] && pip install ⟦flask⟧
[[ -f x && $y == z* ]] && pip install ⟦flask⟧
((1 + 1)) && pip install ⟦flask⟧
for p in ⟦a⟧ b==1 '⟦c>2⟧'; do pip install $p; done
for p in ⟦a⟧ b==1; do pip install "$p"; done
for p in ⟦a⟧ b==1; do true; pip install -U ${p}; done
for v in 3.8 3.9; do pip$v install ⟦flask⟧; done
for v in 3.8 3.9; do python$v -m pip install ⟦flask⟧ x==$v; done
for i in 1 2 3; do pip install ⟦flask⟧ && break || sleep 5; done
f() { pip install ⟦flask⟧; }; f
f() { pip install "$@"; }; f ⟦flask⟧ x==1
pip() { command pip "$@"; }; pip install ⟦flask⟧
pip3() { /usr/bin/pip3 "$@"; }; pip3 install ⟦flask⟧
f() { pip install "$1"; }; f ⟦flask⟧ x
install_all() { for p in "$@"; do pip install $p; done; }; install_all ⟦a⟧ b==1
install_all() { while [ $# -gt 0 ]; do pip install "$1"; shift; done; }; install_all ⟦a⟧ b==1 '⟦c>2⟧'
set -- ⟦a⟧ b==1 ⟦c⟧; until [ -z "$1" ]; do pip install $1 $2; shift 2; done
set -- ⟦a⟧ ⟦b⟧ c; for i in 1 2; do pip install $1; shift; done
set -- ⟦a⟧; for i in 1 2; do pip install $1; set -- "$@" b; done
retry() { "$@" || "$@"; }; retry pip install ⟦flask⟧
set -e; pip install ⟦flask⟧
set -- ⟦a⟧ b==1; pip install "$@"
echo $(pip install ⟦flask⟧)
echo `pip install ⟦flask⟧`
echo "${x:-$(pip install ⟦flask⟧)}"
x=$(pip install ⟦flask⟧) true
cat <(pip install ⟦flask⟧)
trap 'pip install ⟦flask⟧' EXIT

# variables of the script
x=⟦flask⟧; pip install $x
x=⟦flask⟧ && pip install "$x"
x='⟦flask⟧ django==5'; pip install $x
x='⟦a⟧ ⟦b⟧'; y="$x c==1"; pip install $y
x=⟦flask⟧; pip install $x==1.*
export x=⟦flask⟧; pip install $x
export x=⟦flask⟧; bash -c 'pip install $x'
x=a; x=⟦b⟧; pip install $x
if true; then x=⟦a⟧; else x=⟦b⟧; fi; pip install $x
x=a==1; [ -n "$y" ] && x=⟦b⟧; pip install $x
pip install ${x:-⟦flask⟧}
pip install "${x:-⟦flask⟧}"
pip install ${x-⟦flask⟧}
x=1; pip install ${x:+⟦flask⟧}
x=⟦flask⟧.txt; pip install ${x%.txt}
x=v⟦flask⟧; pip install ${x#v}
v=2.*; pip install ⟦flask⟧==$v
v='>=2'; pip install "⟦flask⟧$v"
PIP=pip; $PIP install ⟦flask⟧
PIP="python3 -m pip"; $PIP install ⟦flask⟧
$PIP install ⟦flask⟧
${PIP} install ⟦flask⟧
"$PIP" install ⟦flask⟧
$VENV/bin/pip install ⟦flask⟧
"$VENV/bin/pip" install ⟦flask⟧
$POETRY_HOME/bin/poetry run pip install ⟦flask⟧
"$(dirname /x/y)"/sudo pip install ⟦flask⟧
env -S 'pip install x==1' ⟦flask⟧
env -S 'pip install ⟦flask⟧'
$PYTHON -m pip install ⟦flask⟧
"${PYTHON}" -m pip install ⟦flask⟧
$VENV/bin/python -m pip install ⟦flask⟧
$(which pip) install ⟦flask⟧
eval pip install ⟦flask⟧
eval "pip install ⟦flask⟧"
eval 'x=⟦flask⟧'; pip install $x

# other tools
uv pip install ⟦flask⟧
uv pip install --system -r r.txt ⟦flask⟧
uv --no-cache pip install ⟦flask⟧
/opt/tools/bin/uv pip install ⟦flask⟧
python -m uv pip install ⟦flask⟧
uv add ⟦flask⟧
uv tool install ⟦ruff⟧
uv tool install ⟦ruff@latest⟧
uv tool install ruff@0.6.0 --with ⟦black⟧
uvx ⟦ruff⟧ check
uvx --from '⟦ruff>=0.6⟧' ruff check
uv tool run ⟦ruff⟧
uv run --with ⟦flask⟧ python x.py
uv run --with '⟦flask⟧,django==5' python x.py
uv run --with flask==1 pip install ⟦django⟧
uv run -m pip install ⟦django⟧
pipx install ⟦ruff⟧
pipx run ⟦ruff⟧ check
pipx inject env ⟦ruff⟧
pipx runpip env install ⟦ruff⟧
python3 -m pipx install ⟦ruff⟧
easy_install ⟦flask⟧

# what a requirement may be
pip install ⟦git+https://example.org/flask.git⟧
pip install -e ⟦git+ssh://git@example.org/flask.git⟧
pip install --editable=⟦git+https://example.org/flask.git#egg=flask⟧
pip install '⟦flask @ git+https://example.org/flask.git⟧'
pip install ⟦flask=2.0⟧
pip install ⟦flask@2.0⟧
pip install ⟦flask == 2.0⟧
pip install ⟦requirements.txt⟧
pip install ⟦flask==⟧
pip install ⟦flask~=2.0⟧
pip install ⟦flask!=2.0⟧
pip install '⟦flask==2.*⟧'
pip install "⟦flask==$V.*⟧"
pip install ⟦--req⟧ f.txt
"""

WRAPPERS = r"""
sudo
sudo -H
sudo -u app -H
sudo -E -n --
sudo --user=app PIP_NO_CACHE_DIR=1
env
env A=b C=d
env -i PATH=/bin
env -u X
A=b
A=b C='d e'
A=$(date)
exec
exec -a name
command
command -p
builtin command
time
time -p
/usr/bin/time -v
/usr/bin/time -f %e -o log
nice
nice -n 5
nice -5
nice --adjustment=5
ionice -c 3
ionice -c2 -n7
nohup
timeout 30
timeout -k 5 30
timeout --signal=KILL 30m
timeout --preserve-status -s KILL 30
stdbuf -oL
stdbuf -i0 -o L
setarch x86_64
setarch x86_64 -R
setarch -R
linux32
chroot /x
chroot --userspec=a:b /x
gosu app
su-exec app:app
doas -u app
setpriv --reuid 1000 --clear-groups
fakeroot --
xargs
xargs -n1 -r
xargs -I{} -P 4
xargs --max-args=1
find . -name x -exec
conda run
conda run --no-capture-output -n env
conda run -p /x
mamba run -n env
micromamba run -p /x
poetry run
poetry -C app run
pipenv run
pdm run -p app
hatch run
hatch -e test run
rye run
uv run
uv run --no-sync --python 3.12
uv run --
xvfb-run -a
xvfb-run -a -s "-screen 0 1x1x8"
dumb-init --
tini -g --
flock /tmp/lock
busybox
retry 3
/usr/local/bin/with-proxy --verbose
sudo timeout 30 nice -n 5
runuser -u app --
"""

SCRIPTS = r"""
sh -c {}
bash -c {}
/bin/bash -lc {}
bash -exc {}
bash -eo pipefail -c {}
bash -o pipefail -o errexit -c {}
bash --login -c {}
bash +x -c {}
sh -c {} name argument
su -c {}
su app -c {}
su - app -c {}
su -l app --command={}
su -s /bin/bash app -c {}
runuser -l app -c {}
sudo bash -c {}
sudo -u app sh -lc {}
env A=b bash -c {}
eval {}
flock /tmp/lock -c {}
scl enable python38 {}
echo {} | sh
echo {} | sudo bash -
printf {} | bash
bash <<< {}
conda run -n env bash -c {}
timeout 30 sh -c {}
trap {} EXIT
"""

FORMS = {
    "shell form": "RUN {}",
    "lower case": "run {}",
    "ONBUILD": "ONBUILD RUN {}",
    "mounts": "RUN --mount=type=cache,target=/var/cache --network=none {}",
    "CMD": "CMD {}",
    "ENTRYPOINT": "ENTRYPOINT {}",
    "HEALTHCHECK": "HEALTHCHECK --interval=5m CMD {}",
    "heredoc": "RUN <<EOF\n{}\nEOF",
    "quoted heredoc": "RUN <<'EOF'\nset -e\n{}\nEOF",
    "heredoc with an interpreter": "RUN <<EOF\n#!/bin/bash -e\n{}\nEOF",
    "heredoc for a shell": "RUN bash <<EOF\n{}\nEOF",
    "heredoc for a wrapped shell": "RUN sudo -u app bash -s <<EOF\n{}\nEOF",
    "heredoc through cat": "RUN cat <<EOF | sh\n{}\nEOF",
    "tabs": "RUN <<-EOF\n\t{}\n\tEOF",
    "continued": "RUN true && \\\n  # comment\n\n  {}",
    "bash": 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN {}',
    "conda": 'SHELL ["conda", "run", "-n", "env", "/bin/bash", "-c"]\nRUN {}',
    "bad JSON": "RUN [ -f x ] && {}",
    "back-quote": "# escape=`\nRUN true && `\n  {}",
    "CRLF": "RUN true \\\r\n  && {}\r\n",
    "BOM": "\ufeffRUN {}",
}


@pytest.mark.parametrize("case", cases(INSTALL_COMMANDS))
def test_install_commands(case: str) -> None:
    text = 'SHELL ["/bin/bash", "-c"]\nRUN ' + case.replace("⟦ is", "( is")
    assert marked(unmark(text)[0]) == text


@pytest.mark.parametrize("wrapper", cases(WRAPPERS))
@pytest.mark.parametrize(
    "command", ["pip install ⟦flask⟧ x==1", "python3 -m pip install '⟦flask>=2⟧'", "pip install -r f.txt x==1"]
)
def test_wrappers(wrapper: str, command: str) -> None:
    end = " {} \\;" if wrapper.startswith("find") else ""
    text = f"RUN {wrapper} {command}{end}"
    assert marked(unmark(text)[0]) == text


@pytest.mark.parametrize("script", cases(SCRIPTS))
@pytest.mark.parametrize("command", ["pip install ⟦flask⟧ x==1", "x=⟦flask⟧; pip install $x", "pip install flask==1"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_scripts_in_words(script: str, command: str, quote: str) -> None:
    quoted = f"{quote}{command}{quote}" if quote == "'" else quote + command.replace("$", "\\$") + quote
    text = "RUN " + script.format(quoted)
    assert marked(unmark(text)[0]) == text


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    "command", ["pip install ⟦flask⟧ x==1", "sudo bash -c 'pip install \"⟦flask>2⟧\"'", "pip install -r f.txt x==1"]
)
def test_forms(form: str, command: str) -> None:
    text = form.format(command)
    source = Source.decode("Dockerfile", unmark(text)[0].encode())
    spans = [finding.place.span for finding in check(source).findings]
    assert mark(source.text, spans) == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    "text",
    [
        'RUN ["pip", "install", "⟦flask⟧"]',
        'RUN ["python", "-m", "pip", "install", "⟦flask>=2⟧", "x==1"]',
        'RUN ["bash", "-c", "pip install ⟦flask⟧"]',
        'RUN ["sudo", "-H", "pip", "install", "⟦fl\\u0061sk⟧"]',
        'CMD ["sh", "-lc", "pip install \\"⟦flask⟧\\""]',
        'ENTRYPOINT ["uv", "run", "--with", "⟦flask⟧", "x"]',
        'HEALTHCHECK CMD ["pip", "install", "⟦flask⟧"]',
        'ONBUILD RUN ["pip", "install", "⟦flask⟧"]',
        'FROM x\nSHELL ["bash", "-c"]\nRUN pip install $\'⟦flas\\x6b⟧\' {⟦a⟧,b==1}',
        'RUN install() { pip install a==1 "$@"; }; install; install ⟦flask⟧',
        "ARG P=⟦flask⟧\nFROM x\nARG P\nRUN pip install $P",
        "FROM x\nARG P=⟦flask⟧\nRUN pip install $P",
        "FROM x\nENV P=⟦flask⟧\nRUN pip install $P",
        "FROM x\nENV P ⟦flask⟧ ⟦django⟧\nRUN pip install $P",
        'FROM x\nENV P="⟦flask⟧ django==5"\nRUN pip install $P',
        "FROM x\nENV P='⟦flask⟧'\nRUN pip install \"$P\"",
        "FROM x\nENV A=⟦flask⟧\nENV B=$A\nRUN pip install $B",
        "FROM x\nENV A=⟦flask⟧\nENV B=${A}==\nRUN pip install $A",
        "FROM x AS base\nENV P=⟦flask⟧\nFROM base\nRUN pip install $P",
        "FROM x\nARG V=2.*\nRUN pip install ⟦flask⟧==$V",
        'FROM x\nARG V=>=2\nRUN pip install "⟦flask⟧$V"',
        'FROM x\nENV PIP_INSTALL="pip install --no-cache-dir"\nRUN $PIP_INSTALL ⟦flask⟧',
        'FROM x\nENV INSTALL="pip install --no-cache-dir"\nRUN $INSTALL ⟦flask⟧',
        "FROM x\nARG PY=3.12\nRUN pip$PY install ⟦flask⟧",
        "FROM x\nARG PYTHON\nRUN ${PYTHON:-python3} -m pip install ⟦flask⟧",
        "FROM x\nENV P=a\nENV P=⟦b⟧\nRUN pip install $P",
        "FROM x AS a\nENV P=flask\nFROM y\nRUN pip install $P",
        "FROM x\nARG P\nRUN pip install $P",
        "FROM x\nARG P\nRUN pip install flask==$P",
        'FROM x\nSHELL ["python3", "-c"]\nRUN import pip; pip install flask',
        "FROM x\nRUN <<EOF python\npip install flask\nEOF",
        "FROM x\nRUN python3 <<EOF\npip install flask\nEOF",
        "FROM x\nRUN <<EOF\n#!/usr/bin/env python\npip install flask\nEOF",
        "FROM x\nRUN cat <<EOF > run.sh\npip install flask\nEOF",
        "FROM x\nCOPY <<EOF /run.sh\npip install flask\nEOF",
        "FROM x\nRUN <<EOF1 cat > a && <<EOF2 bash\npip install a\nEOF1\npip install ⟦b⟧\nEOF2",
        'FROM x\nSHELL ["powershell", "-Command"]\nRUN pip install ⟦flask⟧; python -m pip install "⟦a>=2⟧"',
        'FROM x\nSHELL ["cmd", "/C"]\nRUN pip install "a==1" ⟦flask>=2⟧ ⟦requests⟧ > log & pip install ⟦b⟧',
        'FROM x\nSHELL ["cmd", "/S", "/C"]\nRUN python.exe -m pip install ⟦flask⟧ && py -3 -m pip install x==1',
        'FROM x\nSHELL ["cmd", "/C"]\nRUN C:\\Python\\Scripts\\pip.exe install ⟦flask⟧ & %PYTHON% -m pip install ⟦a⟧',
        "# escape=`\nFROM mcr.microsoft.com/windows/servercore\nRUN pip install ⟦flask⟧ `\n  x==1",
        'FROM x\nENV P="⟦flask⟧ ⟦django⟧"\nSHELL ["cmd", "/C"]\nRUN pip install %P%',
        'FROM x\nENV P="⟦flask django⟧"\nSHELL ["powershell", "-Command"]\nRUN pip install $env:P',
        'FROM x\nRUN powershell -NoProfile -Command "pip install ⟦flask⟧"',
        "FROM x\nRUN cmd /c pip install ⟦flask⟧",
        'FROM x\nSHELL ["cmd"]\nRUN for %p in (a==1 ⟦b⟧) do pip install %p',
        'FROM x\nSHELL ["cmd"]\nRUN for /f %i in (r.txt) do pip install %i',
        'FROM x\nSHELL ["cmd"]\nRUN pip install git+https://h/r@v1',
        'FROM x\nSHELL ["cmd"]\nRUN ECHO pip install six & title pip install six & REM pip install six',
        'FROM x\nSHELL ["powershell"]\nRUN pip install $(Get-Content r.in) @(Get-ChildItem *.whl) @more',
        'FROM x\nSHELL ["powershell"]\nRUN pip install @("⟦six⟧", "a==1"), ⟦b⟧',
        'FROM x\nSHELL ["powershell"]\nRUN Write-Host Running pip install now; Write-Verbose "a" pip install b',
        'FROM x\nSHELL ["powershell"]\nRUN write-output pip install six; throw pip install six; echo pip install six',
        'FROM x\nSHELL ["powershell"]\nRUN Write-Host (pip install ⟦six⟧)',
        "FROM x\nSHELL [\"powershell\"]\nRUN Start-Process pip -ArgumentList 'install','⟦six⟧' -Wait",
    ],
)
def test_instructions(text: str) -> None:
    assert marked(unmark(text)[0]) == text


SILENT = r"""
python get-pip.py
python get-pip.py --user pip==20.0
curl -sS https://example.org/get-pip.py | python3
curl -sS https://example.org/get-pip.py | python3 -
curl -sS https://example.org/other.py | python3 - pip setuptools
curl -o p https://example.org/get-pip.py; true | python3 - pip
verify get-pip.py abcdef
python $SCRIPT install pip
python "$DIRECTORY/setup.py" install pip
python "$(which ansible)" install pip
pip install flask==1.0
pip install flask===1.0
pip install 'flask==1.0'
pip install flask=="1.0"
pip install "flask==$VERSION"
pip install flask==${VERSION:-1.0}
pip install "$NAME==$VERSION"
pip install flask[async]==1.0
pip install 'flask==1.0; python_version > "3"'
pip install 'flask == 1.0'
pip install flask==1.0 flask
pip install -r requirements.txt
pip install -rrequirements.txt
pip install --requirement=requirements.txt
pip install -Ur requirements.txt
pip install -c constraints.txt flask
pip install flask -cconstraints.txt
PIP_CONSTRAINT=c.txt pip install flask
export PIP_CONSTRAINT=c.txt; pip install flask
pip install --no-index --find-links /wheels flask
PIP_NO_INDEX=1 PIP_FIND_LINKS=/wheels pip install flask
pip install .
pip install -e .
pip install .[dev]
pip install ./flask ../x /abs x/y
pip install flask-1.0-py3-none-any.whl
pip install dist/*.whl
pip install *.whl
pip install https://example.org/flask-1.0.tar.gz
pip install git+https://example.org/flask.git@main
pip install -e git+https://example.org/flask.git@1.0#egg=flask
pip install 'flask @ https://example.org/flask-1.0.zip'
pip install --group dev
pip install $PACKAGES
pip install flask$SPEC
pip install $(cat requirements.txt)
pip install -t dir --timeout 9 --log f -i https://example.org/simple flask==1.0
pip uninstall -y flask
pip show flask
pip freeze
pip check flask
pip config set global.index-url x
pip cache purge
pip --version
pip install --help
pip list flask
pip --help install flask
python -c 'import pip; pip.main(["install", "flask"])'
python setup.py install
python -m venv flask
echo pip install flask
echo "pip install flask"
printf 'pip install flask\n'
# pip install flask
true # pip install flask
grep 'pip install flask' file
grep -r pip install flask
which pip install flask
man pip install flask
apt-get install -y pip flask
apt-get install python3-pip
apk add py3-pip flask
conda install flask
npm install flask
cat <<EOF > script.sh
    pip install flask
    EOF
echo 'pip install flask' > script.sh
echo 'pip install flask' >> script.sh && chmod +x script.sh
pip install flask==1.0; sh -c "echo 'a quote that is not closed"
command -v pip install flask
type pip install flask
ln -s /usr/bin/pip3 /usr/bin/pip
alias pip='pip install'
sed -i 's/pip install flask/pip install x/' f
git commit -m 'pip install flask'
test -x pip -a install
[ pip = install ]
rm -rf ~/.cache/pip install
xargs pip install < requirements.txt
cat requirements.txt | xargs -n1 pip install
for p in a==1 b==2; do pip install $p; done
a=(x==1 y==2); pip install "${a[@]}"
uv pip install flask==1.0
uv pip sync requirements.txt
uv sync --frozen
uv pip compile requirements.in
UV_CONSTRAINT=c.txt uv pip install flask
uvx ruff@0.6.0 check
uvx --from ruff==0.6.0 ruff check
uv tool install ruff==0.6.0
uv run pytest
uv run --with flask==1.0 pytest
uv python install 3.12
pipx install ruff==0.6.0
pipx run --spec ruff==0.6.0 ruff
pip-sync requirements.txt
poetry install
poetry add flask
pipenv install flask
"""


@pytest.mark.parametrize("case", cases(SILENT))
def test_nothing_is_reported(case: str) -> None:
    assert marked(f'SHELL ["/bin/bash", "-c"]\nRUN {case}\n') == f'SHELL ["/bin/bash", "-c"]\nRUN {case}\n'


@pytest.mark.parametrize(
    "text",
    [
        "FROM x\nENV PIP_CONSTRAINT=c.txt\nRUN pip install flask",
        "FROM x AS base\nENV PIP_CONSTRAINT c.txt\nFROM base\nRUN pip install flask",
        "FROM x\nARG PIP_CONSTRAINT=c.txt\nRUN pip install flask",
        "FROM x\nENV UV_CONSTRAINT=c.txt\nRUN uv pip install flask",
        "FROM x\nENV PIP_CONSTRAINT=c.txt\nRUN uv pip install ⟦flask⟧",
        "FROM x\nENV PIP_CONSTRAINT=c.txt\nRUN pip install --isolated ⟦flask⟧",
        "FROM x\nENV PIP_CONSTRAINT=c.txt\nFROM y\nRUN pip install ⟦flask⟧",
        "FROM x\nRUN PIP_CONSTRAINT=c.txt pip install a && pip install ⟦b⟧",
        "FROM x\nRUN export PIP_CONSTRAINT=c.txt\nRUN pip install ⟦b⟧",
        "FROM x\nRUN pip install -c c.txt ⟦git+https://example.org/flask.git⟧",
        "FROM x\nRUN pip install --build-constraint c.txt ⟦flask⟧",
        "FROM x\nRUN pip install --no-index ⟦flask⟧",
        "FROM x\nENV PIP_NO_INDEX=1\nRUN pip install -f /wheels flask",
        "FROM x\nENV PIP_REQUIREMENT=r.txt\nRUN pip install",
        "FROM x\nRUN pip install flask==1.0 Flask && pip install ⟦flask⟧",
    ],
)
def test_exemptions(text: str) -> None:
    assert marked(unmark(text)[0]) == text


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("RUN pip install a b==1 -r c.txt", (1, 2, 0)),
        ("RUN pip install $A b$C `d`", (1, 3, 3)),
        ("RUN pip install a==$V", (1, 1, 0)),
        ("RUN xargs pip install < r.txt", (1, 1, 1)),
        ("RUN for p in a b; do pip install $p; done", (1, 2, 0)),
        ("RUN pip uninstall a && echo pip install b", (0, 0, 0)),
        ("RUN pip install a==1\nRUN pip3 install a==1", (2, 2, 0)),
    ],
)
def test_counts(text: str, counts: tuple[int, int, int]) -> None:
    report = checked(text)
    assert (report.installations, report.targets, report.unknown_targets) == counts


COMMANDS = st.sampled_from([
    "pip install flask 'django>=4' x==1",
    "python3 -m pip install -U flask -r f.txt",
    "uv pip install flask~=2.0",
    "pip install git+https://example.org/r.git",
])  # fmt: skip
PREFIXES = st.lists(
    st.sampled_from([line for line in cases(WRAPPERS) if not line.startswith(("find", "xargs"))]), max_size=4
)


def targets(text: str) -> list[tuple[str, str]]:
    """The findings without their places. Each caret must be at the target's own characters."""
    source = Source("Dockerfile", text)
    found = []
    for finding in check(source).findings:
        start, end = finding.place.span
        name = finding.target.split(">")[0].split("~")[0]
        assert name in text[start:end].replace("\\", "").replace("'", "").replace('"', "")
        found.append((finding.code, finding.target))
    return sorted(found)


@given(COMMANDS, PREFIXES)
def test_a_chain_of_wrappers_changes_nothing(command: str, prefixes: list[str]) -> None:
    assert targets(f"RUN {' '.join([*prefixes, command])}") == targets(f"RUN {command}")


@given(COMMANDS, st.lists(st.sampled_from(["bash -c", "sh -lc", "sudo bash -exc", "eval", "su - app -c"]), max_size=3))
def test_quoting_for_a_shell_changes_nothing(command: str, shells: list[str]) -> None:
    nested = command
    for shell in shells:
        nested = f"{shell} {shlex.quote(nested)}"
    assert targets(f"RUN {nested}") == targets(f"RUN {command}")
    assert targets("RUN " + json.dumps(["bash", "-c", nested])) == targets(f"RUN {command}")


@given(
    COMMANDS,
    st.lists(
        st.sampled_from([
            "if true; then {}; fi", "if a; then b; elif c; then {}; else d; fi", "while a; do {}; done", "( {} )",
            "for i in 1 2; do {}; done", "{{ {}; }}", "f() {{ {}; }}; f", "case x in y) {};; esac", "a && {} || b",
            "true | {}", "! {}", "echo $( {} )", "a; {} & wait", "cat <<X\n$( {} )\nX\n", "bash <<'X'\n{}\nX\n",
        ]),
        max_size=3,
        unique=True,  # a here-document inside another of the same delimiter is another script
    ),
)  # fmt: skip
def test_moving_a_command_changes_nothing(command: str, places: list[str]) -> None:
    moved = command
    for place in places:
        moved = place.format(moved).replace("\nX\n;", "\nX\n")
    if moved.count("<<") < 2:
        assert targets(f"RUN <<EOF\n{moved}\nEOF") == targets(f"RUN {command}")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("RUN pip install 'flask", "a single quote is not closed"),
        ('RUN pip install "$(pip freeze"', "a double quote is not closed"),
        ("RUN echo $(pip install flask", "')' is missing"),
        ("RUN bash -c 'pip install \"flask'", "a double quote is not closed"),
        ("RUN pip install --req f.txt", "--req is ambiguous"),
        ("FROM x\nRUN cat <<EOF > f\npip install flask\n", "the heredoc EOF has no end"),
        ("FROM x\nRUN apt-get update\n  pip install flask", "unknown instruction PIP"),
        ("FROM x\nONBUILD ONBUILD RUN pip install flask", "ONBUILD is not allowed after ONBUILD"),
        ('FROM x\nRUN ["pip", "install", "flask", 1]', "an array in the exec form holds strings only"),
        ('FROM x\nONBUILD RUN ["pip", "install", ["flask"]]', "an array in the exec form holds strings only"),
        ('FROM x\nHEALTHCHECK CMD ["pip", "install", null]', "an array in the exec form holds strings only"),
        ("FROM x\rRUN pip install flask\r", "it has carriage returns and no line feeds, and so is one line to Docker"),
        ("# a comment\rFROM x\rRUN pip install flask", "it has carriage returns and no line feeds"),
        ("RUN " + "$(" * 80 + "pip install flask" + ")" * 80, "nested too deeply"),
        ("RUN f() { pip install x; f; f; }; f", "exceeds a limit of pinhook"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, reason: str) -> None:
    found = [finding for finding in checked(text).findings if finding.code == "PIN006"]
    assert len(found) == 1
    assert reason in found[0].message


@pytest.mark.parametrize(
    "text",
    [
        "RUN echo 'it is",
        "FROM x\nRUN cat <<EOF > f\ntext\n",
        "FROM x\nBAD instruction",
        "RUN f() { f; f; }; f",
        "",
        "FROM x\rRUN a\r",
        "RUN [1]",
    ],
)
def test_what_cannot_be_read_and_cannot_install_is_not(text: str) -> None:
    assert checked(text).findings == ()
