"""The grammar of the inputs: requirements, requirements files, shell code, Dockerfiles; mostly valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzzing.grammar import Rules

REQUIREMENTS: Rules = {
    "name": ("flask", "Django", "a_b.c", "x", "é", "pip", "fl\\ask", "$X", "${Y:-z}", "-", "1"),
    "extras": ("[a]", "[a,b]", "[]", "[*]", "[a"),
    "comparison": ("==", ">=", "~=", "===", "!=", "<", ">", "=", "<=", "@", " == ", ">= "),
    "version": ("1.0", "1", "2.*", "1.0rc1", "v1", "1!2+cpu", "$V", "latest", "*", "1..2", '9' * 30, ""),
    "specifier": ("⟨comparison⟩⟨version⟩",),
    "marker": ('python_version>"3"', "os_name == 'a' and (extra=='b')", "x", "", "(((("),
    "url": (
        "https://example.org/a-1.0.zip", "git+https://u:p@example.org/r@v1#egg=a", "git+ssh://git@h/r.git", "file:///a",
        "https://$HOST/x.whl", "http://[", "git+https://example.org/r", "https://e.org/a.whl#sha256=00",
    ),
    "path": (".", "./a", "/a/b.whl", "*.whl", "../x[y]", "C:\\a", "a.tar.gz", "-"),
    "hash": (" --hash=sha256:00", " --hash sha256:0", " --hash="),
    "requirement": (
        "⟨name⟩", "⟨name⟩⟨specifier⟩", "⟨name⟩⟨specifier⟩", "⟨name⟩⟨extras⟩⟨specifier⟩,⟨specifier⟩", "⟨name⟩ @ ⟨url⟩",
        "⟨name⟩⟨specifier?⟩; ⟨marker⟩", "⟨url⟩", "⟨path⟩", "⟨name⟩⟨extras?⟩@⟨version⟩", "⟨name⟩ ⟨specifier⟩",
    ),
}  # fmt: skip

REQUIREMENTS_FILES: Rules = {
    **REQUIREMENTS,
    "ending": ("\n", "\n", " # comment\n", "\r\n", "\r", " \\\n  ", "\\\n# c\n", "\x0c", "\u2028"),
    "option": (
        "-r b.txt", "-c c.txt", "-e .", "--index-url https://u:p@h/s", "-i $U", "--no-index", "--pre", "-f .", "-x",
        "--requirement=b", "-r", "--require-hashes", "--config-settings a=b", "--", "-rb", "${A} -e",
    ),
    "line": (
        "⟨requirement⟩⟨ending⟩", "⟨requirement⟩⟨hash*⟩⟨ending⟩", "⟨option⟩⟨ending⟩", "# ⟨ignore⟩\n",
        "⟨requirement⟩ # ⟨ignore⟩\n", "\n", "'⟨requirement⟩'⟨ending⟩", "⟨requirement⟩ ⟨option⟩⟨ending⟩",
    ),
    "ignore": (
        "pinhook: ignore", "pinhook: ignore[PIN001] why", "pinhook: ignore[PIN001: ⟨name⟩]", "pinhook:ignore-file",
        "pinhook: ignore[PIN9,", "hadolint ignore=DL3013", "no-dd-sa",
    ),
    "requirements_file": ("⟨line⟩⟨line*⟩⟨line*⟩", "# -*- coding: latin-1 -*-\n⟨line+⟩", ""),
}  # fmt: skip

SHELL: Rules = {
    **REQUIREMENTS,
    "variable": ("X", "Y", "P", "V", "1", "@", "*", "?", "a[0]", "a[@]", "#", "!X"),
    "expansion": (
        "$X", "${⟨variable⟩}", "${⟨variable⟩:-⟨piece⟩}", "${⟨variable⟩⟨operator⟩⟨piece*⟩}", "$(⟨script⟩)", "`⟨simple⟩`",
        "$((1 + ⟨piece⟩))", "$", "<(⟨script⟩)", "$'a\\x41\\u00e9\\n\\q'", '$"⟨piece⟩"', "$[1]", "${⟨piece*⟩",
    ),
    "operator": (":-", "-", ":=", ":+", "?", "#", "##", "%", "%%", "/", "//", "^^", ":1:2", ": -1", "@", ":"),
    "piece": (
        "a", "⟨requirement⟩", "'⟨requirement⟩'", '"⟨requirement⟩"', '"⟨expansion⟩"', "⟨expansion⟩", "\\ ", "\\\n", "''",
        "{⟨piece⟩,⟨piece⟩}", "{1..3}", "*", "?", "[a-c]", "~", "é", "😀", "=", "@(⟨piece⟩|b)", "'", '"', "\\", "{}",
    ),
    "word": ("a", "⟨piece⟩", "⟨piece+⟩", "⟨requirement⟩", "'⟨requirement⟩'", '"⟨requirement⟩"', "${⟨variable⟩}"),
    "target": (" ⟨requirement⟩", " '⟨requirement⟩'", ' "⟨requirement⟩"', " ⟨word⟩", " \\\n  ⟨requirement⟩", " ⟨list⟩"),
    "list": (
        "-r r.txt", "-e .", "-c c.txt", "--requirement=r", "-rr.txt", "-e '⟨url⟩'", "--editable", "-r <(⟨simple⟩)",
    ),
    "pip_option": (
        " -U", " --no-cache-dir", " -q", " --pre", " -i ⟨url⟩", " --extra-index-url=⟨url⟩", " --no-index", " -t ⟨path⟩",
        " --require-hashes", " --req", " --unknown", " -", " --", " --no-deps", " -vvv", " -Uqt", " --with", " ⟨word⟩",
    ),
    "installer": (
        "pip install", "pip3.11 -q install", "python -m pip install", "python3 -mpip install", "uv pip install",
        "uv add", "uv tool install", "uvx", "uv run --with", "pipx install", "pipx run --spec", "easy_install",
        "uv run", "pipx inject x", "poetry add", "pdm add", "pipenv install", "pip download", "pip wheel",
        "pip --isolated install", "${P:-pip} install", "p'i'p install", "/usr/bin/pip install", "pip", "uv",
        "pip.exe install", "uv sync",
    ),
    "wrapper": (
        "sudo -H", "env A=b", "exec", "command", "time", "nice -n 5", "timeout 5", "gosu u", "xargs", "xargs -n1 -I{}",
        "conda run -n x", "poetry run", "uv run", "su -c", "bash -c", "sh -lc", "eval", "busybox", "flock f", "nohup",
        "find . -exec", "parallel", "chroot /", "env -S", "!", "trap", "scl enable x", "cmd /c", "powershell -c",
        "doas", "runuser -u x --", "setarch x", "stdbuf -o0", "env -i -u", "coproc",
    ),
    "redirection": (
        " > f", " 2>&1", " >>f", " < ⟨word⟩", " &> f", " <<< ⟨word⟩", " 3<>f", " >1.0", " <2", " >=2", " >", " {x}>f",
    ),
    "install": ("⟨installer⟩⟨target⟩", "⟨installer⟩⟨pip_option*⟩⟨target+⟩⟨pip_option?⟩⟨redirection?⟩"),
    "assignment": (
        "X=⟨word⟩", "P=pip", "V=1.0", "X+=⟨word⟩", "a=(⟨word⟩ ⟨word⟩)", "a[0]=⟨word⟩", "X=", "Y='⟨requirement⟩'",
    ),
    "simple": (
        "⟨install⟩", "⟨install⟩", "⟨install⟩", "⟨wrapper⟩ ⟨install⟩", "⟨wrapper⟩ '⟨install⟩'", '⟨wrapper⟩ "⟨install⟩"',
        "⟨assignment⟩", "⟨assignment⟩ ⟨install⟩", "export ⟨assignment⟩", "set -- ⟨word⟩ ⟨word⟩", "echo ⟨word⟩", "shift",
        "echo '⟨install⟩'", "printf '%s\\n' ⟨word⟩", "cat f", "f ⟨word⟩", "unset X", "read X", "cd ⟨word⟩",
        "⟨word⟩ ⟨word*⟩", "apt-get install -y x", "[ -n ⟨word⟩ ]", "[[ ⟨word⟩ =~ ^(a|b)$ ]]", "((X++))", "sh",
        "local ⟨assignment⟩", "true", "⟨heredoc⟩", "⟨redirection⟩ ⟨install⟩", "curl ⟨url⟩ -o ⟨path⟩", ":",
    ),
    "heredoc": (
        "cat <<E\n⟨script⟩\nE\n", "sh <<'E'\n⟨script⟩\nE\n", "cat <<-E > r.txt\n\t⟨requirement⟩\n\tE\n",
        "bash <<E | sh\nE\n", "python <<E\n⟨script⟩\nE\n",
    ),
    "separator": (
        " && ", "; ", " || ", " | ", "\n", " & ", " &&\n", ";;", " |& ", ";", " && \\\n    ", "\n\n# ⟨install⟩\n",
    ),
    "compound": (
        "⟨simple⟩", "if ⟨script⟩; then ⟨script⟩; fi",
        "if ⟨simple⟩; then ⟨script⟩; elif ⟨simple⟩; then ⟨script⟩; else ⟨script⟩; fi",
        "for X in ⟨word⟩ ⟨word⟩; do ⟨script⟩; done", "while ⟨simple⟩; do ⟨script⟩; done",
        "until ⟨simple⟩\ndo ⟨script⟩\ndone", "case ⟨word⟩ in a|b) ⟨script⟩;; *) ⟨script⟩;; esac", "{ ⟨script⟩; }",
        "(⟨script⟩)", "f() { ⟨script⟩; }", "f() (⟨script⟩)", "function f { ⟨script⟩; }",
        "select X in ⟨word⟩; do ⟨script⟩; done", "for ((i=0; i<2; i++)); do ⟨script⟩; done", "(⟨script⟩)⟨redirection⟩",
        "⟨script⟩ | sh", "time { ⟨script⟩; }", "coproc { ⟨script⟩; }", "for X; do ⟨script⟩; done", "⟨odd⟩",
    ),
    "odd": (
        "fi", "done", "esac", "then", ")", "(", "}", "{", "if", "case x in", "do", ";;", "elif", "in", "<<E", "`", "]]",
    ),
    "script": ("⟨simple⟩", "⟨simple⟩", "⟨compound⟩⟨separator⟩⟨compound⟩", "⟨compound⟩", "⟨simple⟩⟨separator⟩⟨simple⟩"),
}  # fmt: skip

DOCKERFILES: Rules = {
    **REQUIREMENTS_FILES,
    **SHELL,
    "directive": (
        "", "", "", "# syntax=docker/dockerfile:1\n", "# check=skip=all\n", "#escape=\\\n", "# syntax=x/y\n", " # a\n",
    ),
    "stage": (
        "FROM python:3.12\n", "FROM ⟨image⟩\n", "FROM ⟨image⟩ AS s\n", "FROM s\n", "from ${I} as t\n", "FROM s AS t\n",
        "",
    ),
    "image": ("python:3.12", "scratch", "$I", "mcr.microsoft.com/windows/x", "--platform=a b", "a@sha256:0"),
    "string": (
        '"a"', '"⟨requirement⟩"', '"pip"', '"install"', '"\\u0066lask"', '"⟨simple⟩"', '"$X"', "1", '"\\"',
        '"sh", "-c"',
    ),
    "json": (
        '["pip", "install", ⟨string⟩]', '["sh", "-c", "⟨simple⟩"]', "[⟨string⟩, ⟨string⟩, ⟨string⟩, ⟨string⟩]", "[]",
        "[⟨string⟩", "[ ⟨string⟩ ] x",
    ),
    "flag": (
        " --mount=type=cache,target=/x", " --network=none", ' --a="b c"', " --",
        " --mount=type=bind,source=.,target=/s",
    ),
    "command": ("⟨script⟩", "⟨script⟩", "⟨script⟩", "⟨json⟩", "⟨document⟩"),
    "document": (
        "<<EOF\n⟨script⟩\nEOF", "<<-'EOF' bash\n\t⟨script⟩\n\tEOF", "<<EOF sh && ⟨install⟩\n⟨script⟩\nEOF",
        "<<A <<B\n⟨script⟩\nA\nB", "<<EOF\n#!/bin/bash\n⟨script⟩\nEOF", "<<EOF\n⟨script⟩",
        "<<EOF > r.txt\n⟨requirement⟩\nEOF", "<<-EOF\n\t⟨script⟩\n\tEOF",
    ),
    "pair": (
        "X=⟨word⟩", "Y=flask", "P=pip", "V=1.0", "X='⟨requirement⟩'", 'X="$X $X"', "A=${X#⟨piece⟩}", "B=${Y/⟨piece⟩/b}",
        "C=${X:-⟨piece⟩}", "PIP_INDEX_URL=⟨url⟩", "PIP_REQUIRE_HASHES=1",
    ),
    "instruction": (
        "RUN ⟨command⟩\n", "RUN ⟨command⟩\n", "RUN ⟨command⟩\n", "RUN⟨flag+⟩ ⟨command⟩\n", "run ⟨install⟩\n",
        "ENV ⟨pair⟩\n", "ENV ⟨pair⟩ ⟨pair⟩\n", "ARG ⟨pair⟩\n", "ARG X\n", "ENV X ⟨word⟩\n", "ONBUILD RUN ⟨command⟩\n",
        "CMD ⟨command⟩\n", "ENTRYPOINT ⟨command⟩\n", "HEALTHCHECK --interval=1s CMD ⟨command⟩\n", "SHELL ⟨shell⟩\n",
        "COPY ⟨path⟩ ⟨path⟩\n", "COPY <<E r.txt\n⟨requirements_file⟩\nE\n", "WORKDIR ⟨word⟩\n", "USER x\n",
        "LABEL ⟨pair⟩\n", "⟨stage⟩", "# ⟨ignore⟩\nRUN ⟨install⟩\n", "RUN ⟨install⟩ \\\n# ⟨ignore⟩\n ⟨target⟩\n",
        "# comment\n", "\n", "RUN ⟨install⟩ # ⟨ignore⟩\n", "BAD x\n", "ADD ⟨url⟩ x\n", "ONBUILD ⟨pair⟩\n",
        "RUN \\\n \\\n\n ⟨install⟩\n",
    ),
    "shell": (
        '["bash", "-c"]', '["bash", "-o", "pipefail", "-c"]', '["powershell"]', '["cmd", "/S"]', '["python"]', "bash",
        '["conda", "run", "bash"]',
    ),
    "dockerfile": (
        "⟨directive⟩⟨stage⟩⟨instruction+⟩", "⟨directive⟩⟨stage⟩⟨instruction+⟩⟨instruction*⟩", "FROM a\nRUN ⟨script⟩\n",
        'FROM a\nSHELL ["bash", "-c"]\nRUN ⟨script⟩\n', "ARG X=⟨word⟩\n⟨stage⟩⟨instruction⟩⟨stage⟩⟨instruction⟩",
        "⟨instruction*⟩",
    ),
}  # fmt: skip
