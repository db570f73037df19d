"""The command of a wrapper, by the grammar of its manual page.

``→`` is in front of each command that is run, in the form of ``show``.
"""

from __future__ import annotations

import pytest

from pinhook.shell import Dialect, SimpleCommand, Unreadable, script_commands
from pinhook.source import Source, SourceText
from tests.marks import mark, unmark
from tests.shell.show import commands, shown

WRAPPERS = r"""
sudo -u app -H pip install x → pip install x
sudo --user=app --group app -- pip x → pip x
sudo -iu app A=b pip x → pip x
sudo -V →
sudo →
/usr/bin/sudo pip x → pip x
$BIN/sudo pip x → pip x
$(which sudo) pip x → which sudo → «⟦$(which sudo)⟧» pip x
env →
env A=b C=d pip x → pip x
env - pip x → pip x
env -i -u A pip x → pip x
env -S 'pip install x' y → pip install x y
env '-SA=b pip x' → pip x
env -vS 'A=b pip x' → pip x
env --split-string='pip x' → pip x
env -S →
env A=-S pip x → pip x
env -u A -S 'pip x' → pip x
sudo _A=b pip x → pip x
nice A=b pip x → A=b pip x
x86_64-linux-gnu-gcc pip x → x86_64-linux-gnu-gcc pip x
my-i386 pip x → my-i386 pip x
rbash -c 'pip x{1,2}' → pip x1 x2
mksh -c 'pip x{1,2}' → pip x1 x2
bash -o →
bash --rcfile →
bash --rcfile f file →
bash -- -c 'pip x' →
echo 'pip x' | bash file → echo «pip x»
su --session-command='pip x' → pip x
su -c a -c 'pip x' → pip x
echo 'pip x' | su app file → echo «pip x»
echo 'pip x{1,2}' | su -s /bin/bash app → echo «pip x{1,2}» → pip x1 x2
pwsh -Command /opt/bin/pip x → /opt/bin/pip x
pwsh -co -x → -x
powershell -ep a -ex b -exec c -w d -wd e -OutputFormat f -ConfigurationName g -WorkingDirectory h pip x → pip x
powershell -f x.ps1 pip →
powershell -enc abc pip →
trap →
hatch run →
hatch run test:./pip x → ./pip x
hatch run test:pip:x → pip:x
scl enable →
scl enable pip →
flock f --command 'pip x' → pip x
find . -exec pip \; -exec uv \; → pip → uv
sort <<< a | xargs pip x → sort → pip x ⟦xargs⟧
printf ' %s' a | xargs pip x → printf « %s» a → pip x a
printf 'pip x\npip y\n' | sh → printf «pip x\npip y\n» → pip x → pip y
xargs pip x <<E → pip x
env -0S 'A=b pip x' → pip x
env --split-string 'A=b pip x' y → pip x y
env '-Spip x' y z → pip x y z
env 1A=b pip x → 1A=b pip x
env A=b sh -c 'pip $A' → pip b
command pip x → pip x
command -p pip x → pip x
command -v pip →
command -V pip →
exec -a name pip x → pip x
nice -n 5 pip x → pip x
nice -10 pip x → pip x
timeout -k 5 30 pip x → pip x
timeout --signal=KILL 30 pip x → pip x
timeout 30 →
chroot --userspec=a:b /x pip y → pip y
setarch x86_64 -R pip x → pip x
setarch -R pip x → pip x
setarch x86_64 pip x → pip x
ppc64le pip x → pip x
linux32 pip x → pip x
i386 pip x → pip x
flock /tmp/lock pip x → pip x
flock -n /tmp/lock -c 'pip x' → pip x
flock /tmp/lock →
flock /tmp/lock -c → -c
su - app -c 'pip x' → pip x
su -c 'pip x' → pip x
su -s /bin/bash app -c 'pip x{1,2}' → pip x1 x2
su app -c 'pip $1' -- name y → pip y
su - app -c 'pip $1' -- name y → pip y
su app -c 'pip x{1,2}' → pip x{1,2}
echo 'pip x' | su → echo «pip x» → pip x
su app a b →
su app file →
runuser -u app -- pip x → pip x
runuser -u app pip x → pip x
runuser -l app -c 'pip x' → pip x
sh -c 'pip x' → pip x
dash -c 'pip x{1,2}' → pip x{1,2}
ash -c 'pip x{1,2}' → pip x{1,2}
zsh -c 'pip x{1,2}' → pip x1 x2
ksh -c 'pip x{1,2}' → pip x1 x2
bash -lc 'pip x; pip y' → pip x → pip y
bash -c 'pip $0 $1' a b → pip ⟦$0⟧ b
bash -o pipefail -c 'pip x' → pip x
bash +o posix -ec 'pip x' → pip x
bash --rcfile f -c 'pip x' → pip x
bash --init-file f -c 'pip x' → pip x
bash --norc -- -c →
bash -c →
bash script.sh pip x →
bash -s a <<< 'pip x' → pip x
bash - <<< 'pip x' → pip x
bash /dev/stdin <<< 'pip x' → pip x
bash < file →
$OTHER -c 'pip x' → ⟦$OTHER⟧ -c «pip x»
$SHELL -c 'pip x' → pip x
eval pip x → pip x
eval -- 'pip x' → pip x
eval →
trap 'pip x' EXIT → pip x
trap 'pip x' →
trap - EXIT →
trap -- 'pip x' EXIT → pip x
scl enable rh-python38 'pip x' → pip x
scl enable rh-python38 -- pip x → pip x
scl --list →
scl run rh-python38 'pip x' →
conda run -n env --no-capture-output pip x → pip x
conda -v run pip x → pip x
conda install pip → conda install pip
poetry -C dir run pip x → pip x
poetry add x → poetry add x
poetry → poetry
hatch run pip x → pip x
hatch run test:pip x → pip x
hatch run ./a:b x → ./a:b x
hatch env create → hatch env create
uv run pip x → uv run pip x → pip x
uv --no-cache run --with y -- pip x → uv --no-cache run --with y -- pip x → pip x
uv run -m pip x → uv run -m pip x → python -m pip x
uv pip x → uv pip x
uv → uv
xargs pip x → pip x ⟦xargs⟧
xargs -n1 -P 4 pip x < f → pip x ⟦xargs⟧
xargs -I{} pip {}==1 → pip ⟦xargs⟧==1
xargs -i pip {} y → pip ⟦xargs⟧ y
xargs --replace=X pip X → pip ⟦xargs⟧
xargs →
echo a 'b c' | xargs pip x → echo a «b c» → pip x a b c
printf 'a\nb\n' | xargs pip x → printf a\nb\n → pip x a b
printf '%s\n' a b | xargs pip x → printf %s\n a b → pip x a b
printf '%d' 1 | xargs pip x → printf %d 1 → pip x ⟦xargs⟧
echo -n a | xargs pip x → echo -n a → pip x a
echo -n -e -E -ne a | xargs pip x → echo -n -e -E -ne a → pip x a
echo -x - a | xargs pip x → echo -x - a → pip x -x - a
echo | xargs pip x → echo → pip x ⟦xargs⟧
printf | xargs pip x → printf → pip x ⟦xargs⟧
printf %s | xargs pip x → printf %s → pip x ⟦xargs⟧
printf %s a | xargs pip x → printf %s a → pip x a
printf 'pip\tx\n' | sh → printf pip\tx\n → pip x
(echo a) | xargs pip x → echo a → pip x ⟦xargs⟧
>f | xargs pip x → pip x ⟦xargs⟧
cat <f | xargs pip x → cat → pip x ⟦xargs⟧
cat f <<< a | xargs pip x → cat f → pip x ⟦xargs⟧
cat <<< a <<< b | xargs pip x → cat → pip x b
printf 'a\nb' | xargs -I{} pip {}-x-{} {} y → printf a\nb → pip a-x-a b-x-b a b y
cat f | xargs pip x → cat f → pip x ⟦xargs⟧
printf '\n' | xargs -I{} {} → printf \n
cat <<< 'a b' | xargs pip x → cat → pip x a b
find . -name 'x' -exec pip {} \; → pip ⟦{}⟧
find . -exec pip {} + -execdir uv {} \; → pip ⟦{}⟧ → uv ⟦{}⟧
find . -name pip →
find . -ok pip {} \; -okdir uv {} \; → pip ⟦{}⟧ → uv ⟦{}⟧
find . -exec pip x → pip x
parallel pip x ::: a b → pip x a → pip x b
parallel -j 2 pip {}==1 ::: a b → pip a==1 → pip b==1
parallel 'pip x' ::: a → pip x a
parallel 'pip {} y' ::: a → pip a y
parallel 'pip x; pip {}' ::: a → pip x → pip a
parallel 'pip x; pip' ::: a → pip x → pip a
parallel pip 'x y' ::: a → pip x y a
parallel 'pip x' y ::: a b → pip x y a → pip x y b
parallel pip '{} x' ::: a → pip a x
parallel pip x :::+ a → pip x a
parallel pip x :::: file → pip x ⟦parallel⟧
parallel pip {} y → pip ⟦parallel⟧ y
parallel →
cmd /S /C pip x → pip x
cmd /k →
cmd /K pip → pip
C:\\x\\CMD.EXE /c pip x → pip x
powershell -NoProfile -Command pip x → pip x
powershell -ExecutionPolicy Bypass pip x → pip x
pwsh -c 'pip x; uv y' → pip x → uv y
powershell -File x.ps1 →
powershell -EncodedCommand abc →
powershell -NoLogo →
powershell -c →
powershell -comm 'pip x' → pip x
xvfb-run -a pip x → pip x
doas -a style -u app A=b pip x → pip x
env -a name -C dir pip x → pip x
exec -c pip x → pip x
builtin pip x → pip x
ionice -c 3 -n 7 pip x → pip x
chrt -T 9 1 pip x → pip x
taskset -a 0x1 pip x → pip x
nohup pip x → pip x
setsid -c -w pip x → pip x
/usr/bin/time -f %e -o f pip x → pip x
stdbuf -i 0 -oL pip x → pip x
unbuffer -p pip x → pip x
setarch -v x86_64 pip x → pip x
chroot --userspec a --groups b /x pip y → pip y
gosu app pip x → pip x
su-exec app pip x → pip x
setuidgid app pip x → pip x
s6-setuidgid app pip x → pip x
setpriv --reuid 1 --clear-groups pip x → pip x
fakeroot -l lib -- pip x → pip x
eatmydata pip x → pip x
tini -p 9 -g -- pip x → pip x
dumb-init -r 1:2 -c pip x → pip x
catchsegv pip x → pip x
dbus-run-session --config-file f -- pip x → pip x
flock -w 5 /tmp/lock pip x → pip x
busybox pip x → pip x
noglob pip x → pip x
sudo -p prompt pip x → pip x
xvfb-run -e f -a pip x → pip x
conda run -n a --cwd b pip x → pip x
mamba run -n a pip x → pip x
micromamba -n a run -n b -a c pip x → pip x
poetry -C a run -C b pip x → pip x
pipenv --python 3 run --python 3 pip x → pip x
pdm -c a run -p b pip x → pip x
linux64 pip x → pip x
aarch64 pip x → pip x
armv7l pip x → pip x
s390x pip x → pip x
riscv64 pip x → pip x
amd64 pip x → pip x
powershell -Version 5 -InputFormat a -WindowStyle Hidden -PSConsoleFile b pip x → pip x
env -iS 'pip x' → pip x
hatch -e x run pip x → pip x
unknown pip x → unknown pip x
"""


@pytest.mark.parametrize("case", WRAPPERS.strip().splitlines())
def test_what_a_wrapper_runs(case: str) -> None:
    line, *expected = case.split("→")
    assert commands(line.strip()) == [command.strip() for command in expected if command.strip()]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("pip ⟦'⟧x", "a single quote is not closed"),
        ('pip ⟦"⟧x', "a double quote is not closed"),
        ("pip ⟦$⟧'x", "a single quote is not closed"),
        ("pip ⟦$⟧'x\\", "a single quote is not closed"),
        ("pip ⟦`⟧x", "a back-quote is not closed"),
        ("pip ⟦$⟧{x", "'}' is missing"),
        ("pip $(x", "')' is missing"),
        ("pip x⟦)⟧", "')' has no '('"),
        ("a=(x", "')' is missing after an array"),
        ("ls @⟦(⟧x", "')' is missing after a pattern"),
        ("ls @⟦(⟧x\\", "')' is missing after a pattern"),
        ('ls @⟦(⟧"x', "')' is missing after a pattern"),
        ('pip $((1 ⟦"⟧x))', "a double quote is not closed"),
        ("[[ x", "']]' is missing"),
        ("case x ⟦o⟧n in", "'in' is missing after case"),
        ("case x in a", "')' is missing after a pattern"),
        ("case x in a) b", "'esac' is missing"),
        ("if a; then b; elif c", "'fi' is missing"),
        ("pip >", "a word is missing"),
        ("pip > ⟦;⟧", "unexpected ';'"),
        ("for", "a word is missing"),
    ],
)
def test_what_no_shell_can_read(script: str, reason: str) -> None:
    text, _ = unmark(script)
    (found,) = script_commands(SourceText.of(Source("script", text)), Dialect.BASH, {})
    assert isinstance(found, Unreadable)
    places = [found.place.span] if found.place.span.start < len(text) else []
    assert (mark(text, places), found.reason) == (script, reason)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("pip x && ; pip y", ["pip x", "pip y"]),
        ("if pip x; pip y; fi", ["pip x", "pip y"]),
        ("pip x ( pip y", ["pip x", "pip y"]),
        ("for x y in $(pip a); do pip b; done", ["pip a", "pip b"]),
        ("} ; pip x > f", ["pip x"]),
        ("then case x in a) pip x;; esac; [[ -n $(pip y) ]]; if a; then b; elif pip z; then c; fi fi fi", None),
        ("[[ a ]] b; pip x", ["b", "pip x"]),
        ("f() { pip x; } y; f", None),
        ("pip x; > f {", ["pip x"]),
        ("for x > f; do pip x; done", ["pip x"]),
    ],
)
def test_what_is_recovered_from_scripts_that_no_shell_would_run(script: str, expected: list[str] | None) -> None:
    found = commands(script)
    assert found == expected if expected else "pip x" in found


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("pip x & pip y && (pip z) || @pip q | more", Dialect.CMD, ["pip x", "pip y", "pip z", "pip q", "more"]),
        ('rem pip x\n:: pip y\npip "a b" c^ d ^\n e', Dialect.CMD, ["pip «a b» «c d» e"]),
        ("pip %V% !V! X >\tlog 2>&1", Dialect.CMD, ["pip ⟦%V%⟧ ⟦!V!⟧ X"]),
        ("%PY% -m pip x", Dialect.CMD, ["py -3 -m pip x"]),
        ('"%PY%" -m pip x', Dialect.CMD, ["«py -3» -m pip x"]),
        ("pip x ^", Dialect.CMD, ["pip x"]),
        ("pip ^\nx", Dialect.CMD, ["pip x"]),
        ("pip inst^\nall x", Dialect.CMD, ["pip install x"]),
        ("cd %PY%\npip x", Dialect.CMD, ["cd py -3", "pip x"]),
        ("# pip x\npip y <# pip z #>; & 'C:\\a b\\pip' q", Dialect.POWERSHELL, ["pip y", "«C:\\a b\\pip» q"]),
        (
            "if ($?) { pip `\n x \"$V ${V} $env:PY `$V\" '$V' }",
            Dialect.POWERSHELL,
            ["pip x «⟦$V⟧ ⟦${V}⟧ py -3 $V» $V", "$?"],
        ),
        ("pip X'x", Dialect.POWERSHELL, ["pip Xx"]),
        ('pip "x`', Dialect.POWERSHELL, ["pip x"]),
        (
            "pip\tx|more&pip<f y>g&(pip z)&@pip v\r\nrem\nREM q\npip w::",
            Dialect.CMD,
            ["pip x", "more", "pip y", "pip z", "pip v", "pip w::"],
        ),
        ("!PY! -m pip \"x%PY%y!PY!\" %% !! %a 'b'", Dialect.CMD, ["py -3 -m pip «xpy -3ypy -3» %% !! ⟦%a⟧ 'b'"]),
        ("::\npip rem x >>f 2>&1 3<g > & y", Dialect.CMD, ["pip rem x y"]),
        ("#\npip <# a\nb #> x;<##>pip y", Dialect.POWERSHELL, ["pip x", "pip y"]),
        (
            "pip\tx|more;pip y>f;(pip z);{pip v}&pip w\r\npip u",
            Dialect.POWERSHELL,
            ["pip x", "more", "pip y", "pip z", "pip v", "pip w", "pip u"],
        ),
        ("pip x$env:PY ${ENV:PY}y$eNv:PY $PY", Dialect.POWERSHELL, ["pip «xpy -3» «py -3ypy -3» «py -3»"]),
        ('pip \'a`b\' "a`"b" 2>>f *>&1 <g y', Dialect.POWERSHELL, ['pip a`b a"b y']),
        ("pip git+https://h/r@v x@1 @y", Dialect.CMD, ["pip git+https://h/r@v x@1 @y"]),
        ("for %p in (a==1 b) do pip %p", Dialect.CMD, ["pip a==1", "pip b"]),
        ("FOR %%p IN (a,b;\"c d\") DO @pip -r %%p&pip %~p", Dialect.CMD, [
            "pip -r a", "pip -r b", "pip -r «c d»", "pip a", "pip b", "pip «c d»",
        ]),
        ("for %p in (a b) do (pip %p && pip x%p==1) else pip", Dialect.CMD, [
            "pip a", "pip b", "pip xa==1", "pip xb==1", "else pip",
        ]),
        ("for %a in (a b) do for %b in (c d e) do pip %a%b", Dialect.CMD, ["pip ac", "pip bd", "pip ae"]),
        ("for %p in () do pip %p", Dialect.CMD, ["pip ⟦%p⟧"]),
        ("for %p in (*.whl) do pip %p", Dialect.CMD, ["pip ⟦%p⟧"]),
        ("for %p in (%PY% x) do pip %p", Dialect.CMD, ["pip ⟦%p⟧"]),
        ("for /f %i in (r.txt) do pip %i %i", Dialect.CMD, ["pip ⟦%i⟧ ⟦%i⟧"]),
        ("for /f \"tokens=*\" %i in ('pip r') do pip %i", Dialect.CMD, ["pip ⟦%i⟧", "pip r"]),
        ("for /l %i in (1,1,3) do pip a%i", Dialect.CMD, ["pip a⟦%i⟧"]),
        ("for /d %i in (a b) do pip %i", Dialect.CMD, ["pip ⟦%i⟧"]),
        ("pip %i https://h/a%20b", Dialect.CMD, ["pip ⟦%i⟧ https://h/a%20b"]),
        ("pip $(Get-Content r.in)", Dialect.POWERSHELL, ["pip «⟦$(Get-Content r.in)⟧»", "Get-Content r.in"]),
        ("pip @(gci *.whl) x", Dialect.POWERSHELL, ["pip «⟦@(gci *.whl)⟧» x", "gci *.whl"]),
        ("pip (gc r.txt) @more x@y", Dialect.POWERSHELL, ["pip «⟦(gc r.txt)⟧» ⟦@more⟧ x@y", "gc r.txt"]),
        ("pip @(\"a\", 'b==1') c", Dialect.POWERSHELL, ["pip a b==1 c"]),
        ("pip ('a' 'b'); pip @()", Dialect.POWERSHELL, ["pip a b", "pip"]),
        ("foreach ($p in 'a','b') { pip $p \"$P==1\"; x $q }", Dialect.POWERSHELL, [
            "pip a a==1", "pip b b==1", "x ⟦$q⟧",
        ]),
        ("foreach($p in @('a', \"b\") ) {pip ${p}}; foreach ($p in $x) { pip $p }", Dialect.POWERSHELL, [
            "pip a", "pip b", "foreach «⟦($p in $x)⟧»", "pip ⟦$p⟧", "⟦$p⟧ in ⟦$x⟧",
        ]),
        ("pip $('a') $(gc x)", Dialect.POWERSHELL, ["pip a «⟦$(gc x)⟧»", "gc x"]),
        ("pip a, b,c 'd,e'", Dialect.POWERSHELL, ["pip a b c d,e"]),
        ('pip "a==$(gc \'v)\')" b', Dialect.POWERSHELL, ["pip «a==⟦$(gc 'v)')⟧» b", "gc v)"]),
        ("pip a==$($env:V).1", Dialect.POWERSHELL, ["pip a==⟦$($env:V)⟧.1", "⟦$env:V⟧"]),
        ("x $(pip a; x (pip b))", Dialect.POWERSHELL, [
            "x «⟦$(pip a; x (pip b))⟧»", "pip a", "x «⟦(pip b)⟧»", "pip b",
        ]),
        ("pip $(gc r; pip x", Dialect.POWERSHELL, ["pip «⟦$(gc r; pip x⟧»", "gc r", "pip x"]),
        ("(pip a); @(pip b)", Dialect.POWERSHELL, ["pip a", "pip b"]),
        ("", Dialect.CMD, []),
    ],
)  # fmt: skip
def test_the_shells_of_windows(text: str, dialect: Dialect, expected: list[str]) -> None:
    source = Source("script", text + "py -3")
    value = SourceText.of(source)[len(text) :]
    outcomes = script_commands(SourceText.of(source)[: len(text)], dialect, {"PY": (value,)})
    found = [shown(each) for each in outcomes if isinstance(each, SimpleCommand)]
    assert [command for command in found if not command.startswith("if")] == expected
