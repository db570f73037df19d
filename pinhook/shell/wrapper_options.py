"""The options of commands that run another command, from their manual pages, as ``OptionTable.of`` reads them."""

PREFIXES = {
    "sudo": """
        -u/--user= -g/--group= -h/--host= -p/--prompt= -C/--close-from= -r/--role= -t/--type= -T/--command-timeout=
        -R/--chroot= -D/--chdir= -U/--other-user= -A/--askpass -b/--background -B/--bell -E -e/--edit -H/--set-home
        -i/--login -K/--remove-timestamp -k/--reset-timestamp -l/--list -N/--no-update -n/--non-interactive
        -P/--preserve-groups -S/--stdin -s/--shell -V/--version -v/--validate --preserve-env[=] --help
    """,
    "doas": "-a= -C= -u= -L -n -s",
    "env": """
        -i/--ignore-environment -0/--null -u/--unset= -C/--chdir= -v/--debug -a/--argv0= --list-signal-handling
        --block-signal[=] --default-signal[=] --ignore-signal[=]
    """,
    "exec": "-c -l -a=",
    "builtin": "",
    "nice": "-n/--adjustment= -0 -1 -2 -3 -4 -5 -6 -7 -8 -9",
    "ionice": "-c/--class= -n/--classdata= -p/--pid= -P/--pgid= -u/--uid= -t/--ignore",
    "chrt": "-a -b -d -f -i -m -o -p -r -R -v -T= -P= -D=",
    "taskset": "-a -c -p",
    "nohup": "",
    "setsid": "-c/--ctty -f/--fork -w/--wait",
    "time": "-f/--format= -o/--output= -a/--append -p/--portability -q/--quiet -v/--verbose",
    "timeout": "-k/--kill-after= -s/--signal= --foreground --preserve-status -f -p -v/--verbose",
    "stdbuf": "-i/--input= -o/--output= -e/--error=",
    "unbuffer": "-p",
    "setarch": """
        -v/--verbose -3/--3gb --4gb -B/--32bit -F/--fdpic-funcptrs -I/--short-inode -L/--addr-compat-layout
        -R/--addr-no-randomize -S/--whole-seconds -T/--sticky-timeouts -X/--read-implies-exec -Z/--mmap-page-zero
        --uname-2.6
    """,
    "chroot": "--userspec= --groups= --skip-chdir",
    "gosu": "",
    "su-exec": "",
    "setuidgid": "",
    "s6-setuidgid": "",
    "setpriv": """
        --reuid= --regid= --groups= --inh-caps= --ambient-caps= --bounding-set= --securebits= --pdeathsig=
        --selinux-label= --apparmor-profile= --clear-groups --keep-groups --init-groups --reset-env
        --nnp/--no-new-privs
    """,
    "fakeroot": "-l/--lib= --faked= -s= -i= -b= -u/--unknown-is-real",
    "eatmydata": "",
    "tini": "-p= -e= -s -v -w -g -l",
    "dumb-init": "-c/--single-child -r/--rewrite= -v/--verbose",
    "catchsegv": "",
    "dbus-run-session": "--config-file= --dbus-daemon=",
    "flock": "-s/--shared -x/-e/--exclusive -u/--unlock -n/--nb/--nonblock -w/--wait/--timeout= -o/--close "
    "-E/--conflict-exit-code= -F/--no-fork --verbose",
    "xvfb-run": """
        -a/--auto-servernum -e/--error-file= -f/--auth-file= -l/--listen-tcp -n/--server-num= -p/--xauth-protocol=
        -s/--server-args= -w/--wait=
    """,
    "busybox": "",
    "noglob": "",
}
"""Simple wrappers: options, some operands, perhaps assignments, then the command."""

RUN_PARTS = """
    --test --list -v/--verbose --report --reverse --exit-on-error --stdin --new-session --regex= -u/--umask= -a/--arg=
    --lsbsysinit -d/--debug -h/--help -V/--version
"""

OPERANDS = {
    "timeout": 1,
    "chroot": 1,
    "gosu": 1,
    "su-exec": 1,
    "setuidgid": 1,
    "s6-setuidgid": 1,
    "taskset": 1,
    "chrt": 1,
}
"""The number of operands in front of the command; none for the others."""

ASSIGNING = frozenset({"sudo", "env", "doas"})
"""Wrappers that accept ``NAME=value`` in front of the command."""

RUNNERS = {
    "conda": (
        "-v/--verbose -h/--help -V/--version",
        """
        -n/--name= -p/--prefix= --cwd= --dev -v/--verbose --debug-wrapper-scripts -s --no-capture-output --live-stream
        """,
    ),
    "micromamba": (
        """
        -n/--name= -p/--prefix= -r/--root-prefix= --rc-file= --log-level= -v/--verbose -q/--quiet -y/--yes --no-rc
        """,
        """
        -n/--name= -p/--prefix= -r/--root-prefix= --cwd= -a/--attach= -e/--env= --label= -d/--detach --clean-env
        --no-capture-output --live-stream -v/--verbose -q/--quiet
        """,
    ),
    "poetry": (
        """
        -C/--directory= -P/--project= -n/--no-interaction -q/--quiet -v/-vv/-vvv/--verbose --no-plugins --no-cache
        --ansi --no-ansi
        """,
        "-n/--no-interaction -q/--quiet -v/-vv/-vvv/--verbose -C/--directory= -P/--project=",
    ),
    "pipenv": (
        "--python= --site-packages -q/--quiet -v/--verbose --pypi-mirror= --clear",
        "--python= -q/--quiet -v/--verbose --system",
    ),
    "pdm": (
        "-c/--config= -v/--verbose -q/--quiet -I/--ignore-python",
        "-p/--project= -g/--global --venv= -s/--site-packages -n -v/--verbose -q/--quiet",
    ),
    "hatch": (
        "-e/--env= -p/--project= -v/--verbose -q/--quiet --data-dir= --cache-dir= --config= --no-color --color",
        "",
    ),
    "rye": ("-v/--verbose -q/--quiet", "--pyproject= -l/--list -v/--verbose -q/--quiet"),
    "pixi": (
        "-v/--verbose -q/--quiet",
        "-e/--environment= --manifest-path= --frozen --locked --no-install -x/--executable -v/--verbose -q/--quiet",
    ),
}
"""``tool [options] run [options] command``: the options in front of ``run``, and those after it."""
RUNNERS["mamba"] = RUNNERS["conda"]

XARGS = """
    -0/--null -a/--arg-file= -d/--delimiter= -E= -e/--eof[=] -I= -i/--replace[=] -L= -l/--max-lines[=] -n/--max-args=
    -o/--open-tty -P/--max-procs= -p/--interactive --process-slot-var= -r/--no-run-if-empty -s/--max-chars=
    --show-limits -t/--verbose -x/--exit
"""

PARALLEL = """
    -j/--jobs/-P/--max-procs= -n/--max-args= -N= -a/--arg-file= -d/--delimiter= -I= -L= -S/--sshlogin= --colsep=
    --delay= --halt= --joblog= --results= --retries= --tmpdir= --timeout= --workdir= --load= --memfree= --nice=
    --tagstring= -0/--null -k/--keep-order -m -X -q/--quote -u/--ungroup -v -t/--verbose --bar --dry-run --eta
    --lb/--line-buffer/--linebuffer --no-notice --progress --tag --will-cite -r/--no-run-if-empty
"""

SU = """
    -c/--command= --session-command= -s/--shell= -g/--group= -G/--supp-group= -w/--whitelist-environment= -l/--login
    -m/-p/--preserve-environment -f/--fast -P/--pty
"""

RUNUSER = SU + "-u/--user="

SCRIPT = """
    -c/--command= -I/--log-in= -O/--log-out= -B/--log-io= -T/--log-timing= -m/--logging-format= -o/--output-limit=
    -E/--echo= -t/--timing[=] -a/--append -e/--return -f/--flush -q/--quiet --force
"""
