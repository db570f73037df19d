"""The file of the repository that ``pip install -r`` reads: one case for each feature of Docker and pip."""

from __future__ import annotations

import pytest

from tests.follow.repositories import LOOSE, PINNED, found, reasons

BASE = "FROM python:3.12\nWORKDIR /app\n"
GENERATED = "is written by the build"
OUTSIDE = "comes from outside of the repository"
NOWHERE = "is not put into the image by the Dockerfile"
UNKNOWN = "is a name that only the build knows"
ADRIFT = "is in a folder that only the build knows"
HERE_IT_IS = "requirements.txt"
HERE = {"requirements.txt": LOOSE}


@pytest.mark.parametrize(
    ("dockerfile", "files", "expected"),
    [
        pytest.param(
            "COPY requirements.txt .\nRUN pip install -r requirements.txt", HERE, "requirements.txt", id="file"
        ),
        pytest.param("COPY . .\nRUN pip install -r requirements.txt", HERE, "requirements.txt", id="all of it"),
        pytest.param("COPY . /app/\nRUN pip install -r /app/requirements.txt", HERE, "requirements.txt", id="absolute"),
        pytest.param(
            "ADD requirements.txt /app\nRUN pip install -rrequirements.txt", HERE, "requirements.txt", id="add"
        ),
        pytest.param(
            'COPY ["requirements.txt", "./"]\nRUN pip install -r requirements.txt', HERE, "requirements.txt", id="json"
        ),
        pytest.param(
            "COPY requirements.txt /tmp/r.txt\nRUN pip install -r /tmp/r.txt", HERE, "requirements.txt", id="renamed"
        ),
        pytest.param(
            "COPY requirements.txt /tmp\nRUN pip install -r /tmp/requirements.txt",
            HERE,
            "requirements.txt",
            id="into a folder that is there",
        ),
        pytest.param(
            "COPY --chown=1:1 --link requirements.txt x/\nRUN pip install -r x/requirements.txt",
            HERE,
            "requirements.txt",
            id="flags without effect",
        ),
        pytest.param(
            "COPY /requirements.txt .\nRUN pip install -r requirements.txt",
            HERE,
            "requirements.txt",
            id="leading slash",
        ),
        pytest.param(
            "COPY ../requirements.txt .\nRUN pip install -r requirements.txt",
            HERE,
            "requirements.txt",
            id="dots are clamped",
        ),
        pytest.param(
            "COPY reqs /srv\nRUN pip install -r /srv/base.txt",
            {"reqs/base.txt": LOOSE},
            "reqs/base.txt",
            id="the contents of a folder",
        ),
        pytest.param(
            "COPY reqs /srv\nRUN pip install -r /srv/reqs/base.txt",
            {"reqs/base.txt": LOOSE},
            NOWHERE,
            id="not the folder",
        ),
        pytest.param("COPY req*.txt ./\nRUN pip install -r requirements.txt", HERE, "requirements.txt", id="star"),
        pytest.param(
            "COPY r?q[a-z]*.txt ./\nRUN pip install -r requirements.txt", HERE, "requirements.txt", id="class"
        ),
        pytest.param(
            "COPY *.txt ./\nRUN pip install -r a.txt", {"x/a.txt": LOOSE}, NOWHERE, id="a star stops at a slash"
        ),
        pytest.param(
            "COPY **/*.txt ./\nRUN pip install -r a.txt", {"x/y/a.txt": LOOSE}, "x/y/a.txt", id="two stars do not"
        ),
        pytest.param(
            "COPY --parents ./x/y/a.txt /s/\nRUN pip install -r /s/x/y/a.txt",
            {"x/y/a.txt": LOOSE},
            "x/y/a.txt",
            id="parents",
        ),
        pytest.param(
            "COPY --parents ./x/./y/a.txt /s/\nRUN pip install -r /s/y/a.txt",
            {"x/y/a.txt": LOOSE},
            "x/y/a.txt",
            id="pivot",
        ),
        pytest.param(
            "COPY --parents x /s/\nRUN pip install -r /s/x/y/a.txt",
            {"x/y/a.txt": LOOSE},
            "x/y/a.txt",
            id="parents of a folder",
        ),
        pytest.param("COPY --exclude=*.txt . .\nRUN pip install -r requirements.txt", HERE, NOWHERE, id="excluded"),
        pytest.param(
            "COPY requirements.txt dev.txt .\nRUN pip install -r dev.txt",
            {**HERE, "dev.txt": LOOSE},
            "dev.txt",
            id="several sources",
        ),
        pytest.param(
            "ARG D=reqs\nCOPY $D/base.txt ${D}/\nRUN pip install -r $D/base.txt",
            {"reqs/base.txt": LOOSE},
            "reqs/base.txt",
            id="variables",
        ),
        pytest.param(
            "ARG D\nCOPY $D/base.txt .\nRUN pip install -r base.txt",
            {"reqs/base.txt": LOOSE},
            "is copied from or to a place that only the build knows",
            id="unknown source",
        ),
        pytest.param(
            "ARG D\nCOPY requirements.txt $D/\nRUN pip install -r /app/requirements.txt",
            HERE,
            NOWHERE,
            id="unknown target",
        ),
        pytest.param(
            "ARG D\nWORKDIR $D\nCOPY requirements.txt .\nRUN pip install -r requirements.txt",
            HERE,
            "requirements.txt",
            id="unknown folder",
        ),
        pytest.param(
            "COPY requirements.txt x/\nWORKDIR x\nRUN pip install -r requirements.txt",
            HERE,
            "requirements.txt",
            id="relative workdir",
        ),
        pytest.param(
            "COPY requirements.txt .\nCOPY x .\nRUN pip install -r requirements.txt",
            {**HERE, "x/requirements.txt": LOOSE},
            "x/requirements.txt",
            id="the later one wins",
        ),
        pytest.param(
            "COPY requirements.txt .\nCOPY x .\nRUN pip install -r requirements.txt",
            {**HERE, "x/other.txt": LOOSE},
            "requirements.txt",
            id="folders are merged",
        ),
        pytest.param(
            "ADD https://example.org/requirements.txt .\nRUN pip install -r requirements.txt",
            HERE,
            OUTSIDE,
            id="add a URL",
        ),
        pytest.param(
            "ADD x.tar.gz .\nRUN pip install -r requirements.txt",
            {**HERE, "x.tar.gz": ""},
            "comes from an archive",
            id="add an archive",
        ),
        pytest.param(
            "ADD https://example.org/x.git .\nRUN pip install -r requirements.txt", HERE, OUTSIDE, id="add a repository"
        ),
        pytest.param(
            "COPY --from=example.org/x /r.txt .\nRUN pip install -r r.txt",
            {"r.txt": LOOSE},
            OUTSIDE,
            id="another image",
        ),
        pytest.param(
            "COPY requirements.txt .\nONBUILD COPY x .\nRUN pip install -r requirements.txt",
            HERE,
            "requirements.txt",
            id="onbuild",
        ),
        pytest.param("RUN pip install -r requirements.txt", HERE, NOWHERE, id="not copied"),
        pytest.param(
            "COPY requirements.txt .\nRUN pip install -r https://example.org/r.txt", HERE, OUTSIDE, id="remote"
        ),
        pytest.param("COPY requirements.txt .\nRUN pip install -r $FILE", HERE, UNKNOWN, id="variable"),
        pytest.param("COPY requirements.txt .\nRUN uv pip install -r -", HERE, UNKNOWN, id="stdin"),
        pytest.param(
            "COPY requirements.txt .\nRUN pip install -r file:///app/requirements.txt",
            HERE,
            "requirements.txt",
            id="file URL",
        ),
        pytest.param("COPY . .\nRUN uv pip install -r pylock.toml", {"pylock.toml": ""}, "is a lock file", id="lock"),
        pytest.param("COPY . .\nRUN uv pip sync requirements.txt", HERE, "requirements.txt", id="sync"),
        pytest.param(
            "COPY . .\nENV PIP_REQUIREMENT=requirements.txt\nRUN pip install",
            HERE,
            "requirements.txt",
            id="environment",
        ),
        pytest.param("COPY requirements.txt .\nRUN pip install -r ~/requirements.txt", HERE, UNKNOWN, id="home"),
    ],
)
def test_instructions(dockerfile: str, files: dict[str, str], expected: str) -> None:
    files = {"Dockerfile": f"{BASE}{dockerfile}\n", **files}
    assert reasons(files) == [expected]
    assert found(files) == ([f"{expected}:1"] if expected in files else [])


@pytest.mark.parametrize(
    ("mount", "expected"),
    [
        ("type=bind,source=requirements.txt,target=requirements.txt", "requirements.txt"),
        ("type=bind,src=requirements.txt,dst=/app/requirements.txt", "requirements.txt"),
        ("source=requirements.txt,destination=requirements.txt", "requirements.txt"),
        ("type=bind,target=/app", "requirements.txt"),
        ("type=bind,from=example.org/x,target=/app", OUTSIDE),
        ("type=cache,target=/app", "is hidden by a mount"),
        ("type=secret,target=/app/requirements.txt", "is hidden by a mount"),
        ("type=cache,target=/var/cache", NOWHERE),
        ("type=ssh", NOWHERE),
    ],
)
def test_mounts(mount: str, expected: str) -> None:
    files = {"Dockerfile": f"{BASE}RUN --mount={mount} pip install -r requirements.txt\n", **HERE}
    assert reasons(files) == [expected]
    again = files["Dockerfile"] + "RUN pip install -r requirements.txt\n"
    assert reasons({**files, "Dockerfile": again})[1] == NOWHERE


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("cd reqs && pip install -r base.txt", "reqs/base.txt"),
        ("cd reqs; pip install -r base.txt", "reqs/base.txt"),
        ("cd /app/reqs && cd .. && pip install -r reqs/base.txt", "reqs/base.txt"),
        ("cd reqs && bash -c 'pip install -r base.txt'", "reqs/base.txt"),
        ("(cd /elsewhere && make); pip install -r reqs/base.txt", "reqs/base.txt"),
        ("bash -c 'cd /elsewhere && make' && pip install -r reqs/base.txt", "reqs/base.txt"),
        ("cd reqs || exit 1; pip install -r base.txt", "reqs/base.txt"),
        ("cd -P reqs && cd -L .. && cd -P -e -- reqs && pip install -r base.txt", "reqs/base.txt"),
        ("cd reqs & pip install -r reqs/base.txt", "reqs/base.txt"),
        ("cd ~/reqs && pip install -r base.txt", ADRIFT),
        ("popd && pip install -r base.txt", ADRIFT),
        ("cd reqs elsewhere && pip install -r base.txt", ADRIFT),
        ("if x; then cd reqs; fi; pip install -r base.txt", ADRIFT),
        ("cd $D && pip install -r base.txt", ADRIFT),
        ("cd && pip install -r base.txt", ADRIFT),
        ("cd - && pip install -r base.txt", ADRIFT),
        ("pushd reqs && pip install -r base.txt", ADRIFT),
        ("cd $D && pip install -r /app/reqs/base.txt", "reqs/base.txt"),
        ("su - app -c 'pip install -r reqs/base.txt'", ADRIFT),
        ("sudo -H -i pip install -r reqs/base.txt", ADRIFT),
        ("uv --directory reqs pip install -r base.txt", ADRIFT),
        ("su app -c 'pip install -r reqs/base.txt'", "reqs/base.txt"),
    ],
)
def test_working_directories(run: str, expected: str) -> None:
    files = {"Dockerfile": f"{BASE}COPY . .\nRUN {run}\n", "reqs/base.txt": LOOSE}
    assert reasons(files) == [expected]


@pytest.mark.parametrize(
    "run",
    [
        "echo flask >> requirements.txt",
        "pip freeze > requirements.txt",
        "pip freeze | tee requirements.txt",
        "{ echo flask; echo six; } > requirements.txt",
        "for x in a b; do echo $x; done >> requirements.txt",
        "sed -i s/a/b/ requirements.txt",
        "curl -o requirements.txt https://example.org/x",
        "curl -O https://example.org/requirements.txt",
        "wget https://example.org/requirements.txt?x=1",
        "poetry export --output=requirements.txt",
        "uv export -o requirements.txt",
        "uv export -orequirements.txt",
        "uv pip compile requirements.in -o requirements.txt",
        "pip-compile requirements.in",
        "pip-compile",
        "cp other.txt requirements.txt",
        "cp x/requirements.txt .",
        "cp -r x/. .",
        "cp x/* ./",
        "mv x/requirements.txt /app",
        "mv other.txt requirements.txt",
        "rsync -a /x/ /app",
        "tar xf x.tar",
        "unzip x.zip -d /app",
        "python gen.py requirements.txt",
        "python gen.py --out=/app/requirements.txt",
        "(cd / && sed -i s/a/b/ app/requirements.txt)",
        "if x; then cp other.txt requirements.txt; fi",
        "cd / && cd app && { echo flask; echo six; } > requirements.txt",
        "cd $D && sed -i s/a/b/ requirements.txt; cd /app",
        "cd $D && curl -o ./x/../requirements.txt https://example.org/x && cd /app",
        "cd $D && { echo flask; } > requirements.txt; cd /app",
        "cd $D && echo flask > requirements.txt; cd /app",
        "tar -xzC /app -f x.tar",
        "tar xf x.tar --directory=/app",
        "tar xf x.tar --directory /app",
        "tar xf x.tar -C $D",
        "tar xf x.tar -C",
        "7z x x.7z -o/app",
        "tar -C /opt -C /app -xf x.tar",
    ],
)
def test_what_the_build_writes(run: str) -> None:
    for between in (" && ", "\nRUN "):
        text = f"{BASE}COPY requirements.txt .\nRUN {run}{between}pip install -r requirements.txt\n"
        assert reasons({"Dockerfile": text, **HERE}) == [GENERATED]


@pytest.mark.parametrize(
    "run",
    [
        "cat requirements.txt",
        "ls -l requirements.txt && test -f requirements.txt",
        "chown -R app /app",
        "mkdir -p /app",
        "apt-get install -y git",
        "pip install x==1",
        "cp x.conf /etc/x.conf",
        "tar xf x.tar -C /opt && cp -r /opt/x /usr/bin",
        "tar czf /x.tar . && tar --create -f /y.tar .",
        "unzip x.zip -d /opt",
        "cd $D && tar xf x.tar && sed -i s/a/b/ other.txt",
        "cd /opt && { echo flask; } > other.txt; cd /app",
        "git clone https://example.org/other.git",
    ],
)
def test_what_the_build_leaves_alone(run: str) -> None:
    text = f"{BASE}COPY requirements.txt .\nRUN {run} && pip install -r requirements.txt\n"
    assert reasons({"Dockerfile": text.replace(" && pip", " && cd /app && pip"), **HERE}) == ["requirements.txt"]


@pytest.mark.parametrize(
    "run",
    [
        "git clone https://example.org/other.git && pip install -r other/requirements.txt",
        "git clone https://example.org/other . && pip install -r requirements.txt",
        "git clone --depth 1 https://example.org/other /srv && cd /srv && pip install -r requirements.txt",
        "git pull && pip install -r requirements.txt",
    ],
)
def test_other_repositories(run: str) -> None:
    assert reasons({"Dockerfile": f"{BASE}COPY . .\nRUN {run}\n", **HERE}) == [OUTSIDE]


@pytest.mark.parametrize(
    ("dockerfile", "lines"),
    [
        ("RUN echo flask > r.txt && pip install -r r.txt", [3]),
        ("RUN echo 'flask==1' > r.txt && pip install -r r.txt", []),
        ("RUN echo flask==1 > r.txt\nRUN echo six >> r.txt\nRUN pip install -r r.txt", [4]),
        ("RUN printf 'flask\\nsix\\n' > r.txt && pip install -r r.txt", [3, 3]),
        ("RUN cat <<EOF > r.txt && pip install -r r.txt\nflask==1\nsix\nEOF", [5]),
        ("RUN tee r.txt <<EOF && pip install -r r.txt\nflask==1\nsix\nEOF", [5]),
        ("RUN <<EOF\ncat > r.txt <<X\nflask\nX\npip install -r r.txt\nEOF", [5]),
        ("COPY <<EOF r.txt\nflask\nEOF\nRUN pip install -r r.txt", [4]),
        ("COPY <<r.txt /app/\nflask==1\nsix\nr.txt\nRUN pip install -r r.txt", [5]),
        ("COPY <<EOF r.txt\nflask==$V\n$X\nEOF\nRUN pip install -r r.txt", []),
        ("ARG V=2.*\nCOPY <<EOF r.txt\nflask==$V\nEOF\nRUN pip install -r r.txt", [5]),
        ("ARG V=2.0\nCOPY <<EOF r.txt\nflask==$V\nEOF\nRUN pip install -r r.txt", []),
        ('ARG V=2.*\nCOPY <<"EOF" r.txt\nflask==$V\nEOF\nRUN pip install -r r.txt', [5]),
        ("ARG V=2.*\nCOPY <<EOF r.txt\nflask==\\$V\nEOF\nRUN pip install -r r.txt", [5]),
        ("COPY <<EOF r.txt\nsix==${V:-2.*}\nflask==${V:-2.0}\nEOF\nRUN pip install -r r.txt", [4]),
        ("ENV V=2.*\nADD <<-EOF r.txt\n\tsix==${V%.*}\n\tflask==${V}\n\tEOF\nRUN pip install -r r.txt", [6]),
        ("ARG P=flask\nCOPY <<EOF r.txt\n$P ; python_version >= '3'\nEOF\nRUN pip install -r r.txt", [3]),
        ("# escape=`\nFROM x\nARG V=2.*\nCOPY <<EOF r.txt\nsix==\\$V\nEOF\nRUN pip install -r r.txt", [7]),
        ("COPY <<EOF r.txt\nflask==${V$}\nsix\nEOF\nRUN pip install -r r.txt", []),
        ("ARG V=2.*\nRUN cat > r.txt <<EOF && pip install -r r.txt\nflask==$V\nEOF", [5]),
        ("ARG V=2.0\nRUN cat > r.txt <<EOF && pip install -r r.txt\nflask==$V\nEOF", []),
        ("ARG V=2.*\nRUN tee r.txt <<EOF && pip install -r r.txt\nflask==${V}\nsix==${W:-2.0}\nEOF", [5]),
        ("ARG V=2.0\nRUN cat > r.txt <<'EOF' && pip install -r r.txt\nflask==$V\nEOF", [5]),
        ("RUN V='2.*' && cat > r.txt <<EOF && pip install -r r.txt\nflask==$V\nEOF", [4]),
        ("COPY <<'EOF' r.txt\n# a\nflask\nEOF\nRUN pip install -r r.txt", [5]),
        ("COPY <<A <<B ./\nflask==1\nA\nsix\nB\nRUN pip install -r A -r B", [6]),
        ("RUN echo $X > r.txt && pip install -r r.txt", []),
        ("RUN printf '%s' flask > $F && pip install -r r.txt", []),
        ("ADD <<EOF r.txt\nflask\nEOF\nRUN pip install -r r.txt", [4]),
        ("COPY <<EOF r.txt\nflask\nEOF\nCMD pip install -r r.txt", [4]),
        ('CMD echo flask > r.txt\nENTRYPOINT ["pip", "install", "-r", "r.txt"]', []),
        ("RUN echo flask > r.txt\nCOPY r.txt\nCOPY\nRUN pip install -r r.txt", [3]),
        ("RUN echo flask > r.txt\nCOPY [1]\nRUN pip install -r r.txt", [3]),
        ('RUN echo flask > r.txt\nCOPY ["<<EOF", "x"]\nRUN pip install -r r.txt', [3]),
        ("RUN echo flask==1 >> r.txt\nRUN echo six >> r.txt && pip install -r r.txt", [4]),
        ("RUN pip freeze > r.txt && echo flask >> r.txt && pip install -r r.txt", []),
        ("RUN echo six==1 > r.txt && echo flask | tee -a r.txt && pip install -r r.txt", []),
        ("RUN echo six==1 > r.txt && tee -a r.txt <<EOF && pip install -r r.txt\nflask\nEOF", [4]),
        ("COPY . .\nRUN echo flask >> r.txt && pip install -r r.txt", []),
        ("COPY x y\nRUN echo flask >> r.txt && pip install -r r.txt", [4]),
        ("COPY <<EOF r.txt\nflask\nEOF\nCOPY x y$D/\nRUN pip install -r r.txt", []),
        ("RUN echo six > r.txt && pip freeze >> r.txt && pip install -r r.txt", []),
    ],
)
def test_what_the_dockerfile_writes_itself(dockerfile: str, lines: list[int]) -> None:
    files = {"Dockerfile": f"{BASE}{dockerfile}\n"}
    assert found(files) == [f"Dockerfile:{line}" for line in lines]


@pytest.mark.parametrize(
    ("dockerfile", "expected"),
    [
        (
            "FROM python AS a\nWORKDIR /a\nCOPY requirements.txt .\nFROM a\nRUN pip install -r requirements.txt",
            "requirements.txt",
        ),
        (
            (
                "FROM python AS A\nWORKDIR /a\nCOPY requirements.txt .\nFROM a AS b\nFROM b\n"
                "RUN pip install -r /a/requirements.txt"
            ),
            "requirements.txt",
        ),
        (
            (
                "FROM python AS a\nCOPY requirements.txt /a/\nFROM python\nCOPY --from=a /a/requirements.txt .\n"
                "RUN pip install -r requirements.txt"
            ),
            "requirements.txt",
        ),
        (
            (
                "FROM python\nCOPY requirements.txt /a/\nFROM python\nCOPY --from=0 /a /b\n"
                "RUN pip install -r /b/requirements.txt"
            ),
            "requirements.txt",
        ),
        (
            (
                "FROM python AS a\nCOPY requirements.txt /a/\nFROM python\nCOPY --from=A a/ /b\n"
                "RUN pip install -r /b/requirements.txt"
            ),
            "requirements.txt",
        ),
        (
            (
                "FROM python AS a\nCOPY requirements.txt /a/\nFROM python\n"
                "RUN --mount=from=a,source=/a,target=/b pip install -r /b/requirements.txt"
            ),
            "requirements.txt",
        ),
        (
            (
                "FROM python AS a\nRUN poetry export -o /r.txt\nFROM python\nCOPY --from=a /r.txt .\n"
                "RUN pip install -r r.txt"
            ),
            GENERATED,
        ),
        ("FROM python AS a\nFROM python\nCOPY --from=a /r.txt .\nRUN pip install -r r.txt", NOWHERE),
        ("FROM python AS a\nCOPY requirements.txt /a/\nFROM python\nRUN pip install -r /a/requirements.txt", NOWHERE),
        ("FROM example.org/x\nCOPY requirements.txt .\nRUN pip install -r requirements.txt", "requirements.txt"),
        (
            "FROM x/lambda/python:3\nCOPY requirements.txt $LAMBDA_TASK_ROOT\nRUN pip install -r requirements.txt",
            HERE_IT_IS,
        ),
        ("FROM x/lambda/python:3\nCOPY . ${LAMBDA_TASK_ROOT}/\nRUN pip install -r requirements.txt", HERE_IT_IS),
        ("FROM example.org/x\nCOPY requirements.txt .\nRUN pip install -r /requirements.txt", NOWHERE),
        (
            "FROM python\nCOPY requirements.txt .\nONBUILD COPY . .\nONBUILD RUN pip install -r requirements.txt",
            "is in the build context of an image that is based on this one",
        ),
        ("FROM python\nCOPY requirements.txt .\nONBUILD RUN pip install -r requirements.txt", "requirements.txt"),
        ("FROM python\nONBUILD ADD . .\nCOPY requirements.txt .\nRUN pip install -r requirements.txt", HERE_IT_IS),
        (
            (
                "FROM python AS a\nCOPY requirements.txt .\nONBUILD COPY . .\nFROM a\n"
                "RUN pip install -r requirements.txt\nFROM python\nCOPY requirements.txt ."
            ),
            "is in the build context of an image that is based on this one",
        ),
        ("FROM python\nCOPY requirements.txt .\nRUN pip install -r /requirements.txt", "requirements.txt"),
        (
            (
                "ARG I=python\nFROM $I AS a\nCOPY requirements.txt /r.txt\nFROM ${I}\nCOPY --from=a r.txt /\n"
                "RUN pip install -r /r.txt"
            ),
            "requirements.txt",
        ),
    ],
)
def test_stages(dockerfile: str, expected: str) -> None:
    assert reasons({"Dockerfile": dockerfile + "\n", **HERE}) == [expected]


INSTALL = "FROM python\nCOPY {} .\nRUN pip install -r {}\n"


@pytest.mark.parametrize(
    ("dockerfile", "files", "expected"),
    [
        pytest.param("docker/Dockerfile", {"r.txt": LOOSE}, "r.txt", id="the root"),
        pytest.param("api/Dockerfile", {"api/r.txt": LOOSE}, "api/r.txt", id="the folder of the Dockerfile"),
        pytest.param("api/docker/Dockerfile", {"api/r.txt": LOOSE}, "api/r.txt", id="one between"),
        pytest.param(
            "api/Dockerfile",
            {"r.txt": LOOSE, "api/r.txt": LOOSE},
            "may be one of several files, depending on the build context",
            id="ambiguous",
        ),
        pytest.param("api/Dockerfile", {"x/r.txt": LOOSE}, "is not in the repository", id="none"),
    ],
)
def test_contexts(dockerfile: str, files: dict[str, str], expected: str) -> None:
    files = {dockerfile: INSTALL.format("r.txt", "r.txt"), **files}
    assert reasons(files, dockerfile) == [expected]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("docker-compose.yml", "services:\n  api:\n    build: ./api\n", "api/r.txt"),
        ("compose.prod.yaml", "services:\n  api:\n    build: 'api'  # why\n", "api/r.txt"),
        (
            "compose.yaml",
            "services:\n  a:\n    build:\n      # all\n      context: .\n      dockerfile: api/Dockerfile",
            "r.txt",
        ),
        (
            "api/compose.yaml",
            "services:\n  a:\n    build:\n      context: ..\n      dockerfile: ./api/Dockerfile\n",
            "r.txt",
        ),
        (
            "api/compose.yaml",
            "services:\n  a:\n    build:\n      context: .\n      args:\n        context: ..\n    image: x\n",
            "api/r.txt",
        ),
        ("compose.yaml", "services: {a: {build: {context: ., dockerfile: api/Dockerfile}}}", "r.txt"),
        ("compose.yaml", "x: &x\n  build: api\nservices:\n  a:\n    <<: *x\n", "api/r.txt"),
        ("compose.yaml", "services:\n  a:\n    command: |\n      build: api\n", None),
        ("docker-bake.hcl", 'target "api" {\n  context = "api"\n}\n', None),
        ("compose.yaml", "services:\n  api:\n    build: $DIR\n", None),
        ("compose.yaml", "services:\n  api:\n    build: ../api\n", None),
        ("compose.yaml", "services:\n  api:\n    build: https://example.org/x.git\n", None),
        ("compose.yaml", "services:\n  a:\n    build: api\n  b:\n    build: {context: .}\n", "api/r.txt"),
        ("compose.yaml", "services: {a: {build: api}, b: {build: {dockerfile: api/Dockerfile}}}", None),
        ("compose.yaml", "services: {a: {build: api}, b: {build: other}}", "api/r.txt"),
        ("values.yaml", "build: api\n", None),
    ],
)
def test_compose_files_say_which_context_it_is(name: str, text: str, expected: str | None) -> None:
    files = {"api/Dockerfile": INSTALL.format("r.txt", "r.txt"), "r.txt": LOOSE, "api/r.txt": LOOSE, name: text}
    [reason] = reasons(files, "api/Dockerfile")
    assert reason == expected if expected else reason.startswith("may be one of several files")


@pytest.mark.parametrize(
    ("files", "build", "expected"),
    [
        (
            {"services/api/r.txt": LOOSE},
            "{context: services/api, dockerfile: ../../docker/Dockerfile}",
            "services/api/r.txt",
        ),
        (
            {"services/api/r.txt": LOOSE, "r.txt": LOOSE, "docker/r.txt": LOOSE},
            "{context: services/api, dockerfile: ../../docker/Dockerfile}",
            "services/api/r.txt",
        ),
        ({"services/api/r.txt": LOOSE, "r.txt": LOOSE}, "{context: ., dockerfile: docker/Dockerfile}", "r.txt"),
        ({"r.txt": LOOSE, "services/x": ""}, "{context: services, dockerfile: ../docker/Dockerfile}", "r.txt"),
        ({"r.txt": LOOSE, "services/r.txt": LOOSE}, "{context: services, dockerfile: ../Dockerfile}", "r.txt"),
        (
            {"services/r.txt": LOOSE, "services/.dockerignore": "*.txt"},
            "{context: services, dockerfile: ../docker/Dockerfile}",
            "is excluded from the build context by .dockerignore",
        ),
    ],
)
def test_a_context_that_is_no_folder_above_the_dockerfile(files: dict[str, str], build: str, expected: str) -> None:
    files = {
        "docker/Dockerfile": INSTALL.format("r.txt", "r.txt"),
        "compose.yaml": f"services: {{a: {{build: {build}}}}}",
        **files,
    }
    assert reasons(files, "docker/Dockerfile") == [expected]


def test_a_context_in_which_another_file_is_missing_is_none() -> None:
    text = "FROM python\nCOPY src src\nCOPY r.txt .\nRUN pip install -r r.txt\n"
    files = {"api/Dockerfile": text, "api/r.txt": LOOSE, "api/src/x.py": "", "r.txt": LOOSE}
    assert reasons(files, "api/Dockerfile") == ["api/r.txt"]
    without = {path: content for path, content in files.items() if path != "api/src/x.py"}
    assert reasons(without, "api/Dockerfile")[0].startswith(("may be one of several", "comes from a build context"))


def test_everything_is_copied_and_one_context_has_the_file() -> None:
    files = {"api/Dockerfile": INSTALL.format(".", "r.txt"), "api/r.txt": LOOSE, "x": ""}
    assert reasons(files, "api/Dockerfile") == ["api/r.txt"]


def test_nested_files_are_copied_too_and_relative_to_the_including_one() -> None:
    text = f"{BASE}COPY reqs /srv/r\nRUN pip install -r /srv/r/dev.txt\n"
    files = {"Dockerfile": text, "reqs/dev.txt": "-r base.txt\n-r sub/a.txt\nx==1\n", "reqs/base.txt": LOOSE}
    assert reasons(files) == ["reqs/dev.txt", "reqs/base.txt", NOWHERE]
    assert found({**files, "reqs/sub/a.txt": "y>1\n"}) == ["reqs/base.txt:1", "reqs/sub/a.txt:1"]


def test_cycles_end() -> None:
    text = f"{BASE}COPY . .\nRUN pip install -r a.txt\n"
    files = {"Dockerfile": text, "a.txt": "-r b.txt\n-c a.txt\nx==1\n", "b.txt": "-r a.txt\n-r ./b.txt\nx==1\n"}
    assert sorted(set(reasons(files))) == ["a.txt", "b.txt"]
    many = {f"{number}.txt": f"-r {number + 1}.txt\nx\n" for number in range(1000)}
    assert len(reasons({"Dockerfile": text.replace("a.txt", "0.txt"), **many})) == 200


@pytest.mark.parametrize(
    ("ignore", "is_seen"),
    [
        ("", True),
        ("# requirements.txt\n", True),
        ("requirements.txt\n", False),
        ("/requirements.txt  \n", False),
        ("*.txt\n!requirements.txt\n", True),
        ("!requirements.txt\n*.txt\n", False),
        ("**/*.txt", False),
        ("\ufeff*", False),
        ("*\n!req*\n", True),
        ("x/*.txt", True),
        ("requirements.tx?", False),
        ("[a-z]equirements.txt", False),
        ("[^r]*.txt", True),
        ("requirements\\.txt", False),
        ("[z-a]*.txt", True),
        ("[a", True),
    ],
)
def test_dockerignore(ignore: str, is_seen: bool) -> None:
    files = {"Dockerfile": INSTALL.format(".", "requirements.txt"), ".dockerignore": ignore, **HERE}
    expected = "requirements.txt" if is_seen else "is excluded from the build context by .dockerignore"
    assert reasons(files) == [expected]
    own = {**files, ".dockerignore": "", "Dockerfile.dockerignore": ignore}
    assert reasons(own) == [expected]


def test_an_ignored_folder_ignores_what_is_below() -> None:
    files = {"Dockerfile": INSTALL.format(".", "a/b/r.txt"), "a/b/r.txt": LOOSE}
    assert reasons({**files, ".dockerignore": "a"})[0].startswith("is excluded")
    assert reasons({**files, ".dockerignore": "b"}) == ["a/b/r.txt"]
    assert reasons({**files, ".dockerignore": "a\n!a/b"}) == ["a/b/r.txt"]


def test_pinned_files_are_no_findings() -> None:
    assert found({"Dockerfile": INSTALL.format(".", "r.txt"), "r.txt": PINNED}) == []
