"""The options of pip, as ``OptionTable.of`` reads them.

Written by ``python -m tests.generators.pip_options``; not to be edited. Every spelling in
36 releases from 9.0.3 to 26.3; the oldest spelling first.
"""

MAIN = """
    -h/--help --isolated --require-virtualenv/--require-venv -v/--verbose -V/--version -q/--quiet
    --log/--log-file/--local-log= --no-input --proxy= --retries= --timeout/--default-timeout= --default-vcs=
    --skip-requirements-regex= --exists-action= --trusted-host= --cert= --client-cert= --cache-dir= --no-cache-dir
    --disable-pip-version-check --no-color --no-python-version-warning --unstable-feature= --use-feature=
    --use-deprecated= --debug --python= --keyring-provider= --resume-retries= --no-proxy-env
"""

INSTALL = """
    -c/--constraint= -e/--editable= -r/--requirement= -b/--build/--build-dir/--build-directory= -t/--target=
    -d/--download/--download-dir/--download-directory= --src/--source/--source-dir/--source-directory=
    -U/--upgrade --upgrade-strategy= --force-reinstall -I/--ignore-installed --ignore-requires-python
    --no-deps/--no-dependencies --install-option= --global-option= --user --egg --root= --prefix= --compile
    --no-compile --use-wheel --no-use-wheel --no-binary= --only-binary= --pre --no-clean --require-hashes
    -i/--index-url/--pypi-url= --extra-index-url= --no-index -f/--find-links= --process-dependency-links
    --allow-external= --allow-all-external --no-allow-external --allow-unverified/--allow-insecure=
    --no-allow-insecure -h/--help --isolated --require-virtualenv/--require-venv -v/--verbose -V/--version
    -q/--quiet --log/--log-file/--local-log= --no-input --proxy= --retries= --timeout/--default-timeout=
    --default-vcs= --skip-requirements-regex= --exists-action= --trusted-host= --cert= --client-cert= --cache-dir=
    --no-cache-dir --disable-pip-version-check --no-user --no-build-isolation --no-warn-script-location
    --no-warn-conflicts --progress-bar= --no-color --prefer-binary --platform= --python-version= --implementation=
    --abi= --use-pep517 --no-use-pep517 --no-python-version-warning --unstable-feature= --use-feature=
    --use-deprecated= --debug --check-build-dependencies --config-settings/-C= --root-user-action= --dry-run
    --report= --python= --break-system-packages --keyring-provider= --group= --resume-retries= --build-constraint=
    --requirements-from-script= --all-releases= --only-final= --uploaded-prior-to= --only-deps/--only-dependencies
    --no-require-hashes --refresh-package= --no-proxy-env
"""

DOWNLOAD = """
    -c/--constraint= -e/--editable= -r/--requirement= -b/--build/--build-dir/--build-directory=
    --no-deps/--no-dependencies --global-option= --no-binary= --only-binary=
    --src/--source/--source-dir/--source-directory= --pre --no-clean --require-hashes
    -d/--dest/--destination-dir/--destination-directory= --platform= --python-version= --implementation= --abi=
    -i/--index-url/--pypi-url= --extra-index-url= --no-index -f/--find-links= --process-dependency-links -h/--help
    --isolated --require-virtualenv/--require-venv -v/--verbose -V/--version -q/--quiet
    --log/--log-file/--local-log= --no-input --proxy= --retries= --timeout/--default-timeout= --default-vcs=
    --skip-requirements-regex= --exists-action= --trusted-host= --cert= --client-cert= --cache-dir= --no-cache-dir
    --disable-pip-version-check --progress-bar= --no-build-isolation --no-color --prefer-binary --use-pep517
    --no-use-pep517 --no-python-version-warning --unstable-feature= --use-feature= --use-deprecated=
    --ignore-requires-python --debug --check-build-dependencies --python= --keyring-provider= --group=
    --resume-retries= --build-constraint= --requirements-from-script= --all-releases= --only-final=
    --uploaded-prior-to= --only-deps/--only-dependencies --no-require-hashes --refresh-package= --no-proxy-env
"""

WHEEL = """
    -w/--wheel-dir= --use-wheel --no-use-wheel --no-binary= --only-binary= --build-option= -c/--constraint=
    -e/--editable= -r/--requirement= --src/--source/--source-dir/--source-directory= --ignore-requires-python
    --no-deps/--no-dependencies -b/--build/--build-dir/--build-directory= --global-option= --pre --no-clean
    --require-hashes -i/--index-url/--pypi-url= --extra-index-url= --no-index -f/--find-links=
    --process-dependency-links --allow-external= --allow-all-external --no-allow-external
    --allow-unverified/--allow-insecure= --no-allow-insecure -h/--help --isolated
    --require-virtualenv/--require-venv -v/--verbose -V/--version -q/--quiet --log/--log-file/--local-log=
    --no-input --proxy= --retries= --timeout/--default-timeout= --default-vcs= --skip-requirements-regex=
    --exists-action= --trusted-host= --cert= --client-cert= --cache-dir= --no-cache-dir
    --disable-pip-version-check --no-build-isolation --progress-bar= --no-color --prefer-binary --use-pep517
    --no-use-pep517 --no-python-version-warning --unstable-feature= --use-feature= --use-deprecated= --no-verify
    --debug --check-build-dependencies --config-settings/-C= --python= --keyring-provider= --group=
    --resume-retries= --build-constraint= --requirements-from-script= --all-releases= --only-final=
    --uploaded-prior-to= --only-deps/--only-dependencies --no-require-hashes --refresh-package= --no-proxy-env
"""

LOCK = """
    -o/--output= -r/--requirement= -c/--constraint= --no-deps/--no-dependencies --pre -e/--editable=
    --src/--source/--source-dir/--source-directory= --ignore-requires-python --no-build-isolation --use-pep517
    --no-use-pep517 --check-build-dependencies -C/--config-settings= --no-binary= --only-binary= --prefer-binary
    --require-hashes --progress-bar= --group= --no-clean -i/--index-url/--pypi-url= --extra-index-url= --no-index
    -f/--find-links= -h/--help --debug --isolated --require-virtualenv/--require-venv --python= -v/--verbose
    -V/--version -q/--quiet --log/--log-file/--local-log= --no-input --keyring-provider= --proxy= --retries=
    --timeout/--default-timeout= --exists-action= --trusted-host= --cert= --client-cert= --cache-dir=
    --no-cache-dir --disable-pip-version-check --no-color --no-python-version-warning --use-feature=
    --use-deprecated= --resume-retries= --build-constraint= --requirements-from-script= --all-releases=
    --only-final= --uploaded-prior-to= --only-deps/--only-dependencies --no-require-hashes --refresh-package=
    --no-proxy-env
"""
