"""The requirement of an argument, form by form."""

from __future__ import annotations

import pytest

from pinhook._compat import assert_never
from pinhook.requirements import (
    Direct,
    Local,
    Malformed,
    Named,
    Requirement,
    RequirementGrammar,
    Unknown,
    normalize,
    parse_requirement,
)
from tests.requirements.texts import text_of


def show(requirement: Requirement) -> str:
    """A requirement in a line."""
    match requirement:
        case Named(requested=requested, specifier=specifier, exactness=exactness):
            return f"{exactness.name.lower()}: {requested}|{specifier}".removesuffix("|")
        case Direct(vcs=vcs, ref=ref, normalized=normalized, hashed=hashed):
            words = [vcs or "archive", ref.name.lower(), f"({normalized})" if normalized else "", "hashed" * hashed]
            return " ".join(filter(None, words))
        case Local():
            return "local"
        case Unknown():
            return "unknown"
        case Malformed(suggestion=suggestion):
            return f"malformed: {suggestion}" if suggestion else "malformed"
        case _:
            assert_never(requirement)


def cases(table: str) -> list[tuple[str, str]]:
    """The lines of a table: an argument, at least two spaces, and its requirement."""
    rows = [line.strip().rsplit("   ", 1) for line in table.strip().splitlines() if line.strip()]
    return [(argument.rstrip(), expected.strip()) for argument, expected in rows]


PIP = """
    flask                                any: flask
    flask[async]                         any: flask[async]
    flask [async]                        any: flask [async]
    flask[ a , b ]                       any: flask[ a , b ]
    flask[]                              any: flask[]
    sh                                   any: sh
    h5py                                 any: h5py
    2to3                                 any: 2to3
    PyYAML                               any: PyYAML
    jinja2                               any: jinja2
    2.0-flask                            any: 2.0-flask
    flask[$EXTRAS]                       any: flask[$EXTRAS]
    flask; python_version > "3"          any: flask
    flask; python_version > "$V"         any: flask
    flask;os_name == "a;b"               any: flask
    flask=1; nonsense                    malformed: flask==1
    ;                                    malformed
    flask;                               any: flask

    flask==2.0                           exact: flask|==2.0
    flask == 2.0                         exact: flask|== 2.0
    flask===2.0                          exact: flask|===2.0
    flask[async]==2.0                    exact: flask[async]|==2.0
    flask==2.0; python_version>"3"       exact: flask|==2.0
    flask==2.0+cpu                       exact: flask|==2.0+cpu
    flask==1!2.0.post1                   exact: flask|==1!2.0.post1
    flask==2.0-1                         exact: flask|==2.0-1
    flask==2.0a1                         exact: flask|==2.0a1
    flask==2.0b1                         exact: flask|==2.0b1
    flask==2.0rc1,>=1                    exact: flask|==2.0rc1,>=1
    flask==1.*,==1.0                     exact: flask|==1.*,==1.0
    flask==1.0,===1                      exact: flask|==1.0,===1
    flask==v2.0                          exact: flask|==v2.0
    flask==2.0,!=2.1                     exact: flask|==2.0,!=2.1
    flask==2.0,>=1                       exact: flask|==2.0,>=1
    flask==2.*,==2.0                     exact: flask|==2.*,==2.0
    flask==2.0,                          exact: flask|==2.0
    flask(==2.0)                         exact: flask|==2.0
    flask (==2.0)                        exact: flask|==2.0
    flask[]==2                           exact: flask[]|==2
    flask [a] ( ==2.0 , )                exact: flask [a]|==2.0
    flask\t[a]\t(\t==2.0\t,\t)              exact: flask\t[a]|==2.0

    flask>=2                             inexact: flask|>=2
    flask>=2,<3                          inexact: flask|>=2,<3
    flask>=2,<=2                         inexact: flask|>=2,<=2
    flask~=2.0                           inexact: flask|~=2.0
    flask!=2.0                           inexact: flask|!=2.0
    flask!=2.0rc1                        inexact: flask|!=2.0rc1
    flask==2.*                           inexact: flask|==2.*
    flask===2.*                          inexact: flask|===2.*
    flask>=2.0rc1                        inexact: flask|>=2.0rc1
    flask===2.*,>1                       inexact: flask|===2.*,>1
    flask>1.0a1,<1.0a3                   inexact: flask|>1.0a1,<1.0a3
    flask>1,<1.1                         inexact: flask|>1,<1.1
    flask>1!1,<1!2                       inexact: flask|>1!1,<1!2
    flask>=1.0.dev1,<1.0.dev2            inexact: flask|>=1.0.dev1,<1.0.dev2
    flask>1.0a1,<1.0a2                   inexact: flask|>1.0a1,<1.0a2
    flask>=1.9,!=1.9.*,<1.11             inexact: flask|>=1.9,!=1.9.*,<1.11
    flask==1.*,>=1.5                     inexact: flask|==1.*,>=1.5

    flask==1,==2                         none: flask|==1,==2
    flask==1,>1                          none: flask|==1,>1
    flask<=1,>=1,!=1                     none: flask|<=1,>=1,!=1
    flask>2,<1                           none: flask|>2,<1
    flask===latest                       none: flask|===latest
    flask==1,==2,>=2                     none: flask|==1,==2,>=2
    flask>1,<1.0.0                       none: flask|>1,<1.0.0
    flask>1.0.dev1,<1.0.dev2             none: flask|>1.0.dev1,<1.0.dev2

    .                                    local
    ..                                   local
    .[dev,test]                          local
    ./x                                  local
    x/y                                  local
    x/y[dev]                             local
    /abs                                 local
    dir/                                 local
    ./x; os_name == "nt"                 local
    x-1.0-py3-none-any.whl               local
    x-1.0-py3-none-any.whl[extra]        local
    ./x-1.0+cpu-1-cp312-cp312-linux.whl   local
    x-$V-py3-none-any.whl                local
    x.whl                                malformed
    x.whl[extra]                         malformed
    ./dist/x-py3-none-any.whl            malformed
    x-any-py3-none-any.whl               malformed
    file:///x/x-any-py3-none-any.whl     malformed
    *.whl                                local
    dist/x-*                             local
    x-1.0.tar.gz                         local
    x.ZIP                                local
    x.tar                                local
    x.tgz                                local
    x.tbz                                local
    x.txz                                local
    x.tlz                                local
    x.tar.bz2                            local
    x.tar.xz                             local
    x.tar.lz                             local
    x.tar.lzma                           local
    x.zipped                             any: x.zipped
    x.whl[]                              any: x.whl[]
    file:dir                             local
    file:///x                            local
    C:\\x                                 local
    c:\\x                                 local
    my-dir.1\\*.whl                       local
    my-dir.1\\x                           local
    dir\\*                                local
    dir\\.x                               local
    dir\\-x                               local
    C:/x                                 local
    x @ file:///x                        local
    x\t@\tfile:///x                        local
    x @ ./x                              local
    ./x@https://h/y                      local
    my+dir@2/x                           local
    dir/x.py                             local
    x.py                                 any: x.py

    git+https://h/r                      git missing
    git+https://h/r@                     git missing
    git+https://h/r.git#egg=Foo_bar      git missing (foo-bar)
    git+https://h/r.git#egg=foo[x]       git missing (foo)
    git+https://h/r?x=@y                 git missing
    git+https://user:p@h/r               git missing
    git+ssh://git@h/r                    git missing
    git+ssh://git@h:22/o/r.git           git missing
    git+ssh://git@h:o/r.git              malformed: git+ssh://git@h/o/r.git@<commit>
    git+ssh://git@h:o/r.git@v1           malformed: git+ssh://git@h/o/r.git@v1
    git+ssh://git@h:o/r.git@v1#egg=x     malformed: git+ssh://git@h/o/r.git@v1#egg=x
    git+https://u:p@h/o/r@v1             git mutable
    git+https://$U:$P@h/o/r@v1           git mutable
    git+https://h:$PORT/o/r@v1           git mutable
    git://h/r                            malformed: git+https://h/r@<commit>
    git://h/r@v1                         malformed: git+https://h/r@v1
    svn://h/r@7                          malformed: svn+svn://h/r@7
    https://h/o/r.git                    malformed: git+https://h/o/r.git@<commit>
    https://h/o/r.git/                   malformed: git+https://h/o/r.git@<commit>
    https://h/o/r.git@v1#egg=r           malformed: git+https://h/o/r.git@v1#egg=r
    r @ https://h/o/r.git                malformed: r @ git+https://h/o/r.git@<commit>
    https://github.com/o/r               malformed: git+https://github.com/o/r@<commit>
    https://github.com/o/r/              malformed: git+https://github.com/o/r@<commit>
    https://github.com/o/r@v1            malformed: git+https://github.com/o/r@v1
    https://github.com/o/r/tree/main     malformed: git+https://github.com/o/r@main
    https://gitlab.com/g/s/r             malformed: git+https://gitlab.com/g/s/r@<commit>
    https://gitlab.com/api/v4/p/1        archive commit
    https://github.com/o/r.zip           archive commit
    https://github.com/o/$R              archive commit
    https://github.com/o/r/archive/main.zip#sha256=0123   archive commit hashed
    git+file:///r                        local
    x @ git+file:///r                    local
    Foo[x] @ git+https://h/r             git missing (foo)
    git+https://h/r@v1                   git mutable
    git+https://h/r@0123456789ABCDEF0123456789ABCDEF01234567   git commit
    git+https://h/r@0123456789abcdef0123456789abcdef0123456789   git mutable
    git+https://h/@o/r@0123456789abcdef0123456789abcdef01234567   git commit
    git+https://h/r@feature/x            git mutable
    git+file:///r@v1                     local
    git+ssh://git@h/r@v1#egg=x&subdirectory=y   git mutable (x)
    GIT+HTTPS://h/r@v1                   git mutable
    git+https://h/r@0123456              git mutable
    git+https://h/r@0123456789abcdef0123456789abcdef01234567   git commit
    x@hg+https://h/r@tip                 hg mutable (x)
    git+https://h/r@0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef   git commit
    git+https://h/r@x0123456789abcdef0123456789abcdef01234567   git mutable
    git+https://h                        git missing
    svn+https://h/r@1234                 svn commit
    svn+https://h/r@trunk                svn mutable
    bzr+https://h/r@1234                 bzr commit
    bzr+lp:x                             bzr missing

    https://h/x.zip                      archive commit
    http://h/x.zip                       archive commit
    HTTPS://h/x.zip                      archive commit
    https://h/x.zip;m                    archive commit
    https://h/x.zip ; os_name == "nt"    archive commit
    https://h/x.zip#sha256=0123          archive commit hashed
    https://h/x.zip#sha256=ab            archive commit hashed
    https://h/x.zip#xsha256=0123         archive commit
    https://h/x.zip#subdirectory=y&egg=x   archive commit (x)
    https://h/x.zip#egg=x&sha256=0123    archive commit (x) hashed
    https://h/x.zip#sha512=0123          archive commit hashed
    https://h/x.zip#sha384=AB            archive commit hashed
    https://h/x.zip#sha256=              archive commit
    https://h/x.zip#SHA256=0123          archive commit
    https://h/x.zip#md5=0123             archive commit
    https://h/x.zip?from=git+https://h   archive commit
    ftp://h/x.zip                        archive commit
    x @ https://h/x.zip                  archive commit (x)
"""

UV = """
    flask                                any: flask
    https://h/o/r.git                    git missing
    https://h/o/r.GIT/                   git missing
    https://h/o/r.git?x=1                git missing
    https://h/o/r.git#egg=r              git missing (r)
    r @ https://h/o/r.git                git missing (r)
    https://h/o/r.git@v1                 malformed: git+https://h/o/r.git@v1
    https://github.com/o/r               malformed: git+https://github.com/o/r@<commit>
    https://h/o/r                        malformed
    https://h/d?f=x.zip                  malformed
    https://h/x.tar.gz/                  archive commit
    https://h/x.zip?y#z                  archive commit
    https://h/$X                         archive commit
    git+http://h/r@v1                    git mutable
    git+git://h/r@v1                     malformed: git+https://h/r@v1
    git+ssh://git@h:o/r@v1               malformed: git+ssh://git@h/o/r@v1
    hg+https://h/r@v1                    malformed
    x @ svn+https://h/r@7                malformed
    bzr+https://h/r                      malformed
    git+file:///r                        local
"""

UV_EDITABLE = """
    .                                    local
    x                                    local
    file:///x                            local
    flask==1.0                           malformed
    git+https://h/r@v1                   malformed
    git+https://h/r                      malformed: git+https://h/r@<commit>
    git+file:///r                        malformed
    https://h/o/r.git                    malformed: git+https://h/o/r.git@<commit>
    r @ git+https://h/r@v1               malformed
"""

UNKNOWN = """
    $PKGS                                unknown
    ${PKGS}                              unknown
    $(cat r.txt)                         unknown
    $A$B                                 unknown
    $(ls dist/*.whl)                     local
    $(ls dist/*.whl)[dev]                local
    `ls dist/*.whl`                      local
    $(ls -t $DIST/*.tar.gz | head -1)    local
    $(ls /wheels/* 2>/dev/null)          local
    $(find /wheels -name '*.whl')        local
    $(echo ./dist/*.whl)                 local
    $(realpath x.zip)                    local
    $(pwd)                               local
    $(ls)                                unknown
    $(ls | sed s/.whl//)                 unknown
    $(echo flask)                        unknown
    $(find /x -name requirements.txt)    unknown
    $(cat x.whl)                         unknown
    $(ls x.whl; cat r.txt)               unknown
    flask$SPEC                           unknown
    flask-$X                             unknown
    flask-$X-y                           unknown
    flask${OP}2.0                        unknown
    flask $SPEC                          unknown
    flask>=1,$B                          unknown
    flask@$X                             unknown
    flask @ $URL                         unknown
    flask @ $DIR/x                       unknown
    $URL@v1                              unknown
    $A $B@https://h/x                    unknown
    flask==$V @ https://h/x              unknown
    $SRC[dev]                            unknown
    wheels*                              unknown
    flask==latest,$B                     unknown
    git+$URL                             unknown
    git+$URL/x@a/b                       unknown
    git+$USER@h:o/r                      unknown
    git+https://$URL                     unknown
    git+https://h/$REPO                  unknown
    git+https://h/o/r.git$REF            unknown
    git+https://h/$REPO#egg=x            unknown

    flask==$V                            exact: flask|==$V
    flask==1.$MINOR                      exact: flask|==1.$MINOR
    flask==1!$V                          exact: flask|==1!$V
    flask==${V}post                      exact: flask|==${V}post
    flask==$A,$B                         exact: flask|==$A,$B
    flask===$V                           exact: flask|===$V
    $NAME==$V                            exact: $NAME|==$V
    ${X}==1.0                            exact: ${X}|==1.0
    flask$X==1.0                         exact: flask$X|==1.0
    flask[$X]==$V                        exact: flask[$X]|==$V
    flask==1.0; $M                       exact: flask|==1.0
    flask==$V.*                          inexact: flask|==$V.*
    flask>=$V                            inexact: flask|>=$V
    flask>=$A,<$B                        inexact: flask|>=$A,<$B
    flask >= $A , <= $B                  inexact: flask|>= $A , <= $B
    flask >=\t$A\t, <= $B                  inexact: flask|>=\t$A\t, <= $B
    flask ==\t$A\t,\t< 3.0                 exact: flask|==\t$A\t,\t< 3.0
    flask==$V,>=1                        exact: flask|==$V,>=1
    flask>=$V,<2x                        unknown
    flask==$V $MORE                      unknown
    flask==1.0+A_1-$V                    exact: flask|==1.0+A_1-$V
    flask~=$V                            inexact: flask|~=$V
    flask!=$V                            inexact: flask|!=$V
    flask>$V                             inexact: flask|>$V
    flask==2.*,>=$V                      inexact: flask|==2.*,>=$V
    $NAME>=2                             inexact: $NAME|>=2

    my-x*                                unknown
    *.x                                  unknown
    x*y?                                 unknown
    x.y*                                 unknown
    x?y*-1.2                             unknown
    my.x-y[0-9]?                         unknown
    [a-z]x*                              malformed
    [a-z]*                               unknown
    x[!a-z]?                             unknown
    x[a-z]                               any: x[a-z]
    x[*]*                                unknown

    $DIR/pkg                             local
    ./$X                                 local
    $X/$Y                                local
    /x/$Y.whl                            local
    $X.whl                               local
    flask-$V.tar.gz                      local
    file://$X                            local

    git+https://h/r@$REF                 git unknown
    git+https://h/r@v$V                  git unknown
    git+https://${TOKEN}@h/o/r.git       git missing
    git+https://$HOST/o/r.git            git missing
    git+https://h/$ORG/r.git             git missing
    git+https://${TOKEN}@h/r@v1          git mutable
    git+$URL@v1                          git mutable
    git+$BASE/r.git                      git missing
    https://h/$X.whl                     archive commit
    https://$HOST/x-1-py3-none-any.whl   archive commit
    https://h/x-py3-none-any.whl         malformed
    x @ https://h/x.whl?y                malformed
    https://h/x.zip#sha256=$HASH         archive commit hashed
    https://example.org/o/r/archive/$REF.zip   archive unknown
"""

MALFORMED = """
    flask=2.0                            malformed: flask==2.0
    flask = 2.0                          malformed: flask==2.0
    flask[async]=2.0                     malformed: flask[async]==2.0
    flask=$V                             malformed: flask==$V
    flask=1.0rc$N                        malformed: flask==1.0rc$N
    flask[]=$V                           malformed: flask[]==$V
    flask [a] = $V                       malformed: flask [a]==$V
    flask\t[a]\t=\t$V                     malformed: flask\t[a]==$V
    flask=1!2.$V.post1+cpu               malformed: flask==1!2.$V.post1+cpu
    flask=1+$V                           malformed: flask==1+$V
    flask=2.*                            malformed: flask==<version>
    flask=latest                         malformed: flask==<version>
    flask=                               malformed: flask==<version>
    flask=>1                             malformed: flask==<version>
    flask=<1                             malformed: flask==<version>
    flask@2.0                            malformed: flask==2.0
    flask @ 2.0                          malformed: flask==2.0
    flask[async]@2.0                     malformed: flask[async]==2.0
    flask@latest                         malformed: flask==<version>
    flask==1.0@https://h/x.whl           malformed: flask==<version>
    flask==1.0 @ git+https://h/r@v1      malformed: flask==<version>
    _flask @ https://h/x.zip             malformed
    flask==                              malformed: flask==<version>
    flask===                             malformed: flask==<version>
    flask==latest                        malformed: flask==<version>
    flask==*                             malformed: flask==<version>
    flask==1.0==                         malformed: flask==<version>
    flask~=1                             malformed: flask==<version>
    flask>=1 <2                          malformed: flask==<version>
    flask>=1\\n                          malformed: flask==<version>
    flask==1.                            malformed: flask==<version>
    flask==1.0+                          malformed: flask==<version>
    flask (1.0)                          malformed: flask==1.0
    flask(1.0)                           malformed: flask==1.0
    flask 1.0                            malformed: flask==1.0
    flask,                               malformed: flask==<version>
    flask==1.0 # why                     malformed
    flask,django                         malformed
    flask==$A,Django==$B                 malformed: flask==<version>
    flask==$A,1.0                        malformed: flask==<version>
    flask>=$A, django                    malformed: flask==<version>
    flask[async                          malformed
    flask[a,]                            malformed
    flask==1.0; nonsense                 malformed
    "flask"                              malformed: flask
    'flask==1.0'                         malformed: flask==1.0
    "flask>=1                            malformed
    _flask                               malformed
    flask-                               malformed
    -flask                               malformed
    flask.                               malformed
    -                                    malformed
    =                                    malformed
    ==                                   malformed
    ==2.0                                malformed
    >=2.0                                malformed
    2.0                                  malformed
    flask django                         malformed
    ~/x                                  malformed: $HOME/x

    requirements.txt                     malformed: -r requirements.txt
    REQUIREMENTS.TXT                     malformed: -r REQUIREMENTS.TXT
    flask -r requirements.txt            malformed
    /tmp/requirements.txt                malformed: -r /tmp/requirements.txt
    $D/requirements.txt                  malformed: -r $D/requirements.txt
    dev.in                               malformed: -r dev.in
    pyproject.toml                       malformed: .
    x/setup.py                           malformed: ./x
    x//setup.py                          malformed: ./x
    my.x-1/setup.py                      malformed: ./my.x-1
    ./setup.cfg                          malformed: .
    /app/setup.py                        malformed: /app
    /setup.py                            malformed: /
    $D/setup.cfg                         malformed: $D
    poetry.lock                          malformed
    Pipfile                              malformed
    pylock.toml                          malformed
    environment.yml                      malformed
    environment.yaml                     malformed
    my-x.y.lock                          malformed
    x/pylock.a-b.toml                    malformed
    pylock.a.b.toml                      malformed
    requirements.txt.whl                 malformed
    setup.py.zip                         local
    my-setup.py                          any: my-setup.py
    uv.lock.zip                          local

    git@h:o/r                            malformed: git+ssh://git@h/o/r@<commit>
    GIT+git@h:o/r                        malformed: git+ssh://git@h/o/r@<commit>
    git+git@h/o/r                        malformed: git+ssh://git@h/o/r@<commit>
    git+my-name@my-host:o/r              malformed: git+ssh://my-name@my-host/o/r@<commit>
    git+my.name@my.host:o/r              malformed: git+ssh://my.name@my.host/o/r@<commit>
    git@h:o/r.git@v1                     malformed: git+ssh://git@h/o/r.git@v1
    git+git@h:o/r.git#egg=x              malformed: git+ssh://git@h/o/r.git@<commit>#egg=x
    x @ git@h:o/r                        malformed: x @ git+ssh://git@h/o/r@<commit>
    ssh://git@h/o/r                      malformed: git+ssh://git@h/o/r@<commit>
    ssh://git@h/o/r@v1                   malformed: git+ssh://git@h/o/r@v1
    ssh://git@h/o/r?x=y                  malformed: git+ssh://git@h/o/r@<commit>?x=y
    x @ ssh://git@h/o/r                  malformed: x @ git+ssh://git@h/o/r@<commit>
    x @ s3://bucket/x.whl                malformed
    https://h/x.zip; nonsense            malformed
    s3://bucket/x.whl                    malformed
"""

EDITABLE = """
    .                                    local
    dir                                  local
    dir[extra]                           local
    ./dir                                local
    file:///dir                          local
    $DIR                                 unknown
    $DIR/x                               local
    git+https://h/r@v1#egg=x             git mutable (x)
    git+https://h/r                      git missing
    x @ git+https://h/r@v1               git mutable (x)
    git+git@h:o/r.git@v1#egg=x           git mutable (x)
    git+git@h:o/r.git                    git missing
    GIT+git@h:o/r@v1                     git mutable
    git+git@h/o/r                        malformed
    git@h:o/r.git                        malformed
    ssh://git@h/o/r                      malformed
    flask==1.0                           malformed
    flask>=1.0                           malformed
    requirements.txt                     malformed
"""

UV_TOOL = """
    ruff                                 any: ruff
    ruff@0.6.0                           exact: ruff|@0.6.0
    ruff[x]@0.6.0                        exact: ruff[x]|@0.6.0
    ruff@$V                              exact: ruff|@$V
    ruff@0.a$V.1b                        exact: ruff|@0.a$V.1b
    ruff@1.0rc1                          exact: ruff|@1.0rc1
    ruff@x                               malformed: ruff==<version>
    ruff@1.0x                            malformed: ruff==<version>
    ruff==0.6.0                          exact: ruff|==0.6.0
    ruff@latest                          inexact: ruff|@latest
    ruff>=0.6                            inexact: ruff|>=0.6
    ruff@>=0.6                           malformed: ruff==<version>
    python                               local
    python3                              local
    python3.12                           local
    python3.13t                          local
    Python                               local
    pythonic                             any: pythonic
    my-python                            any: my-python
    cpython@3.12                         local
    graalpy@24                           local
    python@3.12                          local
    pypy@3.10                            local
    git+https://h/r@v1                   git mutable
"""

PIPX = """
    tool.py                              local
    ./tool.py                            local
    black                                any: black
    black@24.0                           malformed: black==24.0
"""


@pytest.mark.parametrize(
    ("dialect", "argument", "expected"),
    [
        (dialect, *case)
        for dialect, table in [
            (RequirementGrammar.PIP, PIP),
            (RequirementGrammar.PIP, UNKNOWN),
            (RequirementGrammar.PIP, MALFORMED),
            (RequirementGrammar.EDITABLE, EDITABLE),
            (RequirementGrammar.UV, UV),
            (RequirementGrammar.UV_EDITABLE, UV_EDITABLE),
            (RequirementGrammar.UV_TOOL, UV_TOOL),
            (RequirementGrammar.PIPX, PIPX),
        ]
        for case in cases(table)
    ],
)
def test_an_argument_is_read_as_its_installer_does(dialect: RequirementGrammar, argument: str, expected: str) -> None:
    assert show(parse_requirement(text_of(argument), dialect)) == expected


@pytest.mark.parametrize(
    ("url", "ref"),
    cases("""
    https://github.com/o/r/archive/main.zip                          mutable
    https://github.com/o/r/archive/refs/heads/1.x.tar.gz             mutable
    https://github.com/o/r/archive/refs/tags/stable.zip              commit
    https://github.com/o/r/archive/main.tgz                          mutable
    https://github.com/o/r/archive/v1.0.tar.gz                       commit
    https://github.com/o/r/archive/main.tar.xz?v=1                   mutable
    https://github.com/o/r/archive/main.zip#md5=01                   mutable
    https://github.com/o/r/archive/deadbeefdeadbeefdeadbeefdeadbeefdeadbeef.zip   commit
    https://github.com/o/r/archive/0123456789abcdef0123456789abcdef01234567.zip   commit
    https://github.com/o/r/tarball/master                            mutable
    https://github.com/o/r/tarball/refs/heads/1.x                    mutable
    https://github.com/o/r/tarball/refs/tags/stable                  commit
    https://github.com/o/r/zipball/main                              mutable
    https://github.com/o/r/tarball/main?v=1                          mutable
    https://github.com/o/r/tarball/main#md5=01                       mutable
    https://github.com/o/r/tarball/                                  commit
    https://github.com/o/r/zipball/v1.0                              commit
    https://codeload.github.com/o/r/zip/refs/heads/1.x               mutable
    https://codeload.github.com/o/r/zip/refs/tags/stable             commit
    https://codeload.github.com/o/r/tar.gz/main                      mutable
    https://codeload.github.com/o/r/zip/main?v=1                     mutable
    https://codeload.github.com/o/r/zip/main#md5=01                  mutable
    https://github.com/o/r/releases/latest/download/x.zip            mutable
    https://github.com/o/r/releases/download/v1/x.zip                commit
    https://gitlab.com/o/r/-/archive/main/r2-main.zip                mutable
    https://gitlab.com/o/r/-/archive/v1/r-v1.tar.gz                  commit
    https://gitlab.com/o/r/-/archive/main/r2-main.tar.gz?v=1         mutable
    https://gitlab.com/o/r/-/archive/main/r2-main.tar.gz#md5=0/1.zip     mutable
    https://gitlab.com/o/r/-/archive/main/r2-main.tar                mutable
    https://gitlab.com/o/r/-/archive/main/r2-main.tar.bz2            mutable
    https://bitbucket.org/o/r/get/master.zip                         mutable
    https://bitbucket.org/o/r/get/master.zip?v=1                     mutable
    https://bitbucket.org/o/r/get/master.zip#md5=01                  mutable
    https://raw.githubusercontent.com/o/r/main/dist2/x-1.0.zip       mutable
    https://example.org/o/r/raw/main/dist/x-1.0.zip                  mutable
    https://example.org/o/r/-/raw/main/x-1.0.zip                     mutable
    https://example.org/g/s/r/-/raw/feature/x-1.0.zip                mutable
    https://example.org/o/r/-/raw/v1.0/x-1.0.zip                     commit
    https://example.org/o/r/raw/branch/1.x/x-1.0.zip                 mutable
    https://example.org/o/r/raw/tag/stable/x-1.0.zip                 commit
    https://github.com/o/r/raw/feature/x-1.0.zip                     mutable
    https://github.com/o/r/raw/refs/heads/1.x/x-1.0.zip              mutable
    https://github.com/o/r/raw/refs/tags/stable/x-1.0.zip            commit
    https://github.com/o/r/raw/v1.0/x-1.0.zip                        commit
    https://github.com/o/r/raw/0123456789abcdef0123456789abcdef01234567/x-1.0.zip     commit
    https://github.com/o/r/raw/$B/x-1.0.zip                          unknown
    https://huggingface.co/o/m/resolve/main/x-1.0.zip                mutable
    https://huggingface.co/o/m/resolve/dev-x/x-1.0.zip               mutable
    https://huggingface.co/datasets/o/m/resolve/main/x-1.0.zip       mutable
    https://huggingface.co/o/m/resolve/0123456789abcdef0123456789abcdef01234567/x-1.0.zip     commit
    https://example.org/o/m/resolve/main/x-1.0.tar.gz?download=true   mutable
    https://example.org/repository/raw/packages/x-1.0.zip            commit
    https://example.org/raw/x-1.0.zip                                commit
    https://example.org/o/r/draw/main/x-1.0.zip                      commit
    https://raw.githubusercontent.com/o/r/refs/heads/1.x/x-1.0.zip   mutable
    https://raw.githubusercontent.com/o/r/refs/tags/stable/x.zip     commit
    """),
)
def test_the_archive_of_a_branch_is_known(url: str, ref: str) -> None:
    assert show(parse_requirement(text_of(url))) == f"archive {ref}"


@pytest.mark.parametrize(
    ("argument", "reason"),
    cases("""
    flask=2.0            has one = where == belongs
    flask\t[a]\t=\t2.0   has one = where == belongs
    flask=x              has one = where == and a version belong
    flask\t=x            has one = where == and a version belong
    flask = x            has one = where == and a version belong
    flask=               has one = where == and a version belong
    flask\t@\t2.0         has an @, which must be followed by a URL
    flask\t@x            has an @, which must be followed by a URL
    flask@2.0            has an @, which must be followed by a URL
    flask @ x            has an @, which must be followed by a URL
    flask@               has an @, which must be followed by a URL
    flask==              has no version after ==
    flask ==             has no version after ==
    flask===             has no version after ===
    flask\t~=            has no version after ~=
    flask!=              has no version after !=
    flask<=              has no version after <=
    flask>=              has no version after >=
    flask<               has no version after <
    flask>               has no version after >
    flask==latest        has latest where a version belongs
    flask == latest      has latest where a version belongs
    flask\t~=\tx         has x where a version belongs
    flask!=x             has x where a version belongs
    flask<=x             has x where a version belongs
    flask>=x             has x where a version belongs
    flask==1.txt         has 1.txt where a version belongs
    flask<x.in           has x.in where a version belongs
    flask>x.in           has x.in where a version belongs
    flask<x              has x where a version belongs
    flask>x              has x where a version belongs
    flask=>1             has the unknown operator =>
    flask => 1           has the unknown operator =>
    flask=<1             has the unknown operator =<
    flask=!1             has the unknown operator =!
    flask\t=~1           has the unknown operator =~
    flask~1              has versions that cannot be read
    flask\t!1            has versions that cannot be read
    flask>>1             has versions that cannot be read
    flask<<1             has versions that cannot be read
    flask ~ 1            has versions that cannot be read
    flask>=1<2           has versions that cannot be read
    flask>=x,<2          has versions that cannot be read
    flask~               has versions that cannot be read
    flask>=1 2           has versions that cannot be read
    flask>=1 <           has versions that cannot be read
    flask 1 <2           is not a requirement
    flask~=1             has a version that is too short: ~= needs at least two numbers
    flask ~= 1           has a version that is too short: ~= needs at least two numbers
    flask\t~=\t1         has a version that is too short: ~= needs at least two numbers
    flask>=1 <2          has no comma between its clauses
    flask >= 1 < 2       has no comma between its clauses
    flask<2 >1           has no comma between its clauses
    flask~=1.0 !=1.1     has no comma between its clauses
    flask!=1.* !=2.*     has no comma between its clauses
    flask>=1!2.0-1+a <1!3.0-1+a   has no comma between its clauses
    flask\t!=1.*\t!=2+a   has no comma between its clauses
    flask>=1 ~=2.0 <3    has no comma between its clauses
    flask==1; x          has a marker that cannot be read
    "flask"              has quotes inside its quotes
    "flask               has a quote inside the word
    "flask six"          has a quote inside the word
    "it's"               has a quote inside the word
    'a"b'                has a quote inside the word
    ==2.0                has no name in front of the version
    ===1                 has no name in front of the version
    ~=1                  has no name in front of the version
    !=1                  has no name in front of the version
    <1                   has no name in front of the version
    ; os_name == "nt"    is an empty word, which names nothing
    >1                   has no name in front of the version
    flask\t(2.0)         has a version without an operator
    flask 2.0            has a space where == belongs
    flask\t2.0           has a space where == belongs
    flask,django         has commas where spaces belong
    flask, django        has commas where spaces belong
    flask , django       has commas where spaces belong
    flask\t,\tdjango     has commas where spaces belong
    flask ,              ends with a comma
    flask\t,             ends with a comma
    flask[async          has a [ that is not closed
    flask [async         has a [ that is not closed
    flask[               has a [ that is not closed
    -                    is not a requirement
    flask==1 # why       has a comment, which is allowed only in a requirements file
    flask == 1 # why     has a comment, which is allowed only in a requirements file
    flask~=1\t# why      has a comment, which is allowed only in a requirements file
    flask!=1 # why       has a comment, which is allowed only in a requirements file
    flask<1 # why        has a comment, which is allowed only in a requirements file
    flask>1 # why        has a comment, which is allowed only in a requirements file
    -9                   is not a project name: a name starts and ends with a letter or a digit
    _flask               is not a project name: a name starts and ends with a letter or a digit
    Flask.               is not a project name: a name starts and ends with a letter or a digit
    requirements.txt     is a requirements file, which needs -r in front of it
    poetry.lock          is a file that cannot be installed
    setup.py             is a file of a project; the installer needs its directory
    2.0                  is a version without a name, and is read as the name of a project
    git@h:o/r            is ssh shorthand, not a URL
    s3://b/x.whl         is a URL whose scheme s3 is unknown to installers
    S3://b/x.whl         is a URL whose scheme S3 is unknown to installers
    a.b+c-1://h/r        is a URL whose scheme a.b+c-1 is unknown to installers
    ~/x                  has a ~ in quotes, where the shell does not expand it
    """),
)
def test_every_mistake_has_its_own_reason(argument: str, reason: str) -> None:
    requirement = parse_requirement(text_of(argument))
    assert isinstance(requirement, Malformed)
    assert requirement.reason == reason


def test_names_are_compared_normalized() -> None:
    assert normalize("Zope._-Interface") == "zope-interface"
    requirement = parse_requirement(text_of("Zope._-Interface==1.0"))
    assert isinstance(requirement, Named)
    assert requirement.normalized == "zope-interface"
    assert str(requirement.name) == "Zope._-Interface"


def test_an_unknown_name_has_no_normalized_form() -> None:
    requirement = parse_requirement(text_of("flask-$X==1.0"))
    assert isinstance(requirement, Named)
    assert requirement.normalized is None


def test_the_name_of_a_tool_ends_before_its_extras() -> None:
    requirement = parse_requirement(text_of(" ruff[x]@0.6.0"), RequirementGrammar.UV_TOOL)
    assert isinstance(requirement, Named)
    assert (str(requirement.name), str(requirement.requested)) == ("ruff", "ruff[x]")


def test_white_space_around_an_argument_is_not_part_of_it() -> None:
    assert show(parse_requirement(text_of(" flask==1.0 "))) == "exact: flask|==1.0"
    assert show(parse_requirement(text_of("   "))) == "malformed"


def test_what_is_longer_than_any_path_is_not_looked_into() -> None:
    assert show(parse_requirement(text_of("a" * 4096))) == f"any: {'a' * 4096}"
    assert show(parse_requirement(text_of("a" * 4097))) == "unknown"
    assert show(parse_requirement(text_of("flask" + " " * 100_000 + "!"))) == "unknown"


@pytest.mark.parametrize("blank", [" ", "\t"])
@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("a§b", "malformed"),
        ("a§==1", "exact: a|==1"),
        ("a§[x]§==§1§,§<2", "exact: a§[x]|==§1§,§<2"),
        ("a§(§==1§,§)", "exact: a|==1"),
        ("a§=§1", "malformed: a==1"),
        ("a§@§1", "malformed: a==1"),
        ("a§@§https://example.org/a.zip", "archive commit (a)"),
        ("a==1§!2", "malformed: a==<version>"),
        ("a [§", "malformed"),
        ("a==1 §; os_name == 'x'", "exact: a|==1"),
    ],
)
def test_many_blanks_within_a_word(argument: str, expected: str, blank: str) -> None:
    many = blank * 3500 if argument.count("§") == 1 else blank * 800
    assert show(parse_requirement(text_of(argument.replace("§", many)))) == expected.replace("§", many)


@pytest.mark.parametrize("clauses", [" !!" * 1000, "!" * 3000, "a " * 1500, "==1 " * 900])
def test_many_clauses_that_cannot_be_read(clauses: str) -> None:
    assert show(parse_requirement(text_of(f"a=={clauses}$"))).startswith("malformed")


@pytest.mark.parametrize(
    ("argument", "reason", "suggestion"),
    [
        ("\u201csix\u201d", "has typographic quotes, which a shell does not read as quotes", "six"),
        ("\u2018six==1.0\u2019", "has typographic quotes, which a shell does not read as quotes", "six==1.0"),
        ("\u201dsix[a]>=1\u201d", "has typographic quotes, which a shell does not read as quotes", "six[a]>=1"),
        ("\u201csix", "has typographic quotes, which a shell does not read as quotes", None),
        ("six==\u201c1.0\u201d", "has typographic quotes, which a shell does not read as quotes", None),
        ("\u2013no-cache-dir", "begins with a typographic dash, so it is not an option", "--no-cache-dir"),
        ("\u2014upgrade", "begins with a typographic dash, so it is not an option", "--upgrade"),
        ("\u2013r", "begins with a typographic dash, so it is not an option", "-r"),
        ("\u2212U", "begins with a typographic dash, so it is not an option", "-U"),
        ("si'x", "has a quote inside the word", None),
    ],
)
def test_characters_of_a_word_processor(argument: str, reason: str, suggestion: str | None) -> None:
    requirement = parse_requirement(text_of(argument))
    assert isinstance(requirement, Malformed)
    assert (requirement.reason, requirement.suggestion) == (reason, suggestion)
