"""The options of pipx, as ``OptionTable.of`` reads them.

Written by ``python -m tests.generators.pipx_options``; not to be edited. Every spelling in
15 releases from 0.16.5 to 1.18.4; the oldest spelling first.
"""

MAIN = """
    -h/--help --version --quiet/-q --verbose/-v --global
"""

INSTALL = """
    -h/--help --include-deps --verbose/-v --force/-f --suffix= --python= --system-site-packages --index-url/-i=
    --editable/-e --pip-args= --quiet/-q --preinstall= --fetch-missing-python --global --fetch-python= --backend=
    --skip-maintenance --include-resources-from= --upgrade/-U --upgrade-strategy= --app= --lock= --cooldown=
    --output=
"""

RUN = """
    -h/--help --no-cache --pypackages --spec= --verbose/-v --python= --system-site-packages --index-url/-i=
    --editable/-e --pip-args= --quiet/-q --path --fetch-missing-python --global --with= --fetch-python= --backend=
    --no-path-check --skip-maintenance --refresh --python-args= --cooldown=
"""

INJECT = """
    -h/--help --include-apps --include-deps --system-site-packages --index-url/-i= --editable/-e --pip-args=
    --force/-f --verbose/-v --quiet/-q --with-suffix --global -r/--requirement= --backend= --skip-maintenance
    --include-resources-from= --cooldown= --output=
"""

RUNPIP = """
    -h/--help --verbose/-v --quiet/-q --global --skip-maintenance
"""
