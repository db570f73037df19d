"""The options of uv, as ``OptionTable.of`` reads them.

Written by ``python -m tests.generators.uv_options``; not to be edited. Every spelling in
13 releases from 0.1.45 to 0.13.9; the oldest spelling first.
"""

MAIN = """
    -q -v -n -h -V --quiet --verbose --no-color --color= --native-tls --no-native-tls --preview --no-preview
    --isolated --no-cache --cache-dir= --config-file= --help --version --python-preference=
    --allow-python-downloads --no-python-downloads --python-fetch= --offline --no-offline --show-settings
    --no-progress --directory= --no-config --project= --allow-insecure-host= --no-installer-metadata
    --managed-python --no-managed-python --preview-features= --system-certs --no-system-certs
"""

PIP_INSTALL = """
    -r= -e= -c= -U -P= -i= -f= -p= -C= -q -v -n -h -V --requirement= --editable= --constraint= --override=
    --extra= --all-extras --no-all-extras --upgrade --no-upgrade --upgrade-package= --reinstall --no-reinstall
    --reinstall-package= --offline --no-offline --refresh --no-refresh --refresh-package= --no-deps --deps
    --link-mode= --resolution= --prerelease= --pre --index-url= --extra-index-url= --find-links= --no-index
    --index-strategy= --require-hashes --no-require-hashes --keyring-provider= --python= --system --no-system
    --break-system-packages --no-break-system-packages --target= --legacy-setup-py --no-legacy-setup-py
    --no-build-isolation --build-isolation --no-build --build --no-binary= --only-binary= --compile-bytecode
    --no-compile-bytecode --config-setting= --python-version= --python-platform= --strict --no-strict
    --exclude-newer= --dry-run --unstable-uv-lock-file= --user --quiet --verbose --no-color --color= --native-tls
    --no-native-tls --preview --no-preview --isolated --no-cache --cache-dir= --help --version --compile
    --config-settings= --force-reinstall --no-cache-dir -b= --build-constraint= --no-build-isolation-package=
    --no-sources --verify-hashes --no-verify-hashes --prefix= --disable-pip-version-check --python-preference=
    --allow-python-downloads --no-python-downloads --python-fetch= --show-settings --no-progress --directory=
    --config-file= --no-config --no-compile --allow-insecure-host= --trusted-host= --index= --default-index=
    --inexact --exact --project= --requirements= --constraints= --overrides= --build-constraints= --fork-strategy=
    --no-installer-metadata --group= --torch-backend= --managed-python --no-managed-python
    --config-settings-package= --exclude-newer-package= --preview-features= -t= --excludes= --no-sources-package=
    --no-editable --no-editable-package= --upgrade-group= --system-certs --no-system-certs --prerelease-package=
    --check --output-format= --cert= --require-build-hashes --no-require-build-hashes
"""

PIP_SYNC = """
    -i= -f= -p= -C= -a -q -v -n -h -V --reinstall --no-reinstall --reinstall-package= --offline --no-offline
    --refresh --no-refresh --refresh-package= --link-mode= --index-url= --extra-index-url= --find-links=
    --no-index --index-strategy= --require-hashes --no-require-hashes --keyring-provider= --python= --system
    --no-system --break-system-packages --no-break-system-packages --target= --legacy-setup-py
    --no-legacy-setup-py --no-build-isolation --build-isolation --no-build --build --no-binary= --only-binary=
    --compile-bytecode --no-compile-bytecode --config-setting= --python-version= --python-platform= --strict
    --no-strict --ask --trusted-host= --python-executable= --user --cert= --client-cert= --config= --no-config
    --pip-args= --quiet --verbose --no-color --color= --native-tls --no-native-tls --preview --no-preview
    --isolated --no-cache --cache-dir= --help --version --compile --config-settings= --force-reinstall
    --no-cache-dir -c= -b= --constraint= --build-constraint= --exclude-newer= --no-sources --verify-hashes
    --no-verify-hashes --prefix= --allow-empty-requirements --no-allow-empty-requirements --dry-run
    --python-preference= --allow-python-downloads --no-python-downloads --python-fetch= --show-settings
    --no-progress --directory= --config-file= --no-compile --allow-insecure-host= --index= --default-index=
    --project= --constraints= --build-constraints= --no-installer-metadata --torch-backend= --managed-python
    --no-managed-python --extra= --all-extras --no-all-extras --group= --config-settings-package=
    --exclude-newer-package= --preview-features= -t= --no-sources-package= --system-certs --no-system-certs
    --check --output-format= --require-build-hashes --no-require-build-hashes
"""

PIP_COMPILE = """
    -c= -o= -i= -f= -U -P= -C= -p= -q -v -n -h -V --constraint= --override= --extra= --all-extras --no-all-extras
    --no-deps --deps --resolution= --prerelease= --pre --output-file= --no-strip-extras --strip-extras
    --no-annotate --annotate --no-header --header --annotation-style= --custom-compile-command= --offline
    --no-offline --refresh --no-refresh --refresh-package= --link-mode= --index-url= --extra-index-url=
    --find-links= --no-index --index-strategy= --keyring-provider= --python= --system --no-system --upgrade
    --no-upgrade --upgrade-package= --generate-hashes --no-generate-hashes --legacy-setup-py --no-legacy-setup-py
    --no-build-isolation --build-isolation --no-build --build --only-binary= --config-setting= --python-version=
    --python-platform= --exclude-newer= --no-emit-package= --emit-index-url --no-emit-index-url --emit-find-links
    --no-emit-find-links --emit-marker-expression --no-emit-marker-expression --emit-index-annotation
    --no-emit-index-annotation --unstable-uv-lock-file --no-unstable-uv-lock-file --allow-unsafe --no-allow-unsafe
    --reuse-hashes --no-reuse-hashes --resolver= --max-rounds= --cert= --client-cert= --trusted-host=
    --emit-trusted-host --no-emit-trusted-host --config= --no-config --emit-options --no-emit-options --pip-args=
    --quiet --verbose --no-color --color= --native-tls --no-native-tls --preview --no-preview --isolated
    --no-cache --cache-dir= --help --version --config-settings= --no-cache-dir -b= --build-constraint=
    --no-build-isolation-package= --no-sources --no-strip-markers --strip-markers --no-binary= --universal
    --no-universal --emit-build-options --no-emit-build-options --python-preference= --allow-python-downloads
    --no-python-downloads --python-fetch= --show-settings --no-progress --directory= --config-file=
    --allow-insecure-host= --index= --default-index= --project= --constraints= --overrides= --build-constraints=
    --fork-strategy= --no-installer-metadata --group= --format= --torch-backend= --managed-python
    --no-managed-python --config-settings-package= --exclude-newer-package= --preview-features= --excludes=
    --no-sources-package= --upgrade-group= --system-certs --no-system-certs --prerelease-package=
    --require-build-hashes --no-require-build-hashes
"""

ADD = """
    -i= -f= -U -P= -C= -p= -n -q -v -h -V --dev --optional= --editable --no-editable --raw-sources --rev= --tag=
    --branch= --extra= --no-sync --locked --frozen --index-url= --extra-index-url= --find-links= --no-index
    --upgrade --no-upgrade --upgrade-package= --reinstall --no-reinstall --reinstall-package= --index-strategy=
    --keyring-provider= --resolution= --prerelease= --pre --config-setting= --no-build-isolation
    --no-build-isolation-package= --build-isolation --exclude-newer= --link-mode= --compile-bytecode
    --no-compile-bytecode --no-sources --no-build --build --no-build-package= --no-binary --binary
    --no-binary-package= --refresh --no-refresh --refresh-package= --package= --script= --python= --no-cache
    --cache-dir= --python-preference= --allow-python-downloads --no-python-downloads --python-fetch= --quiet
    --verbose --no-color --color= --native-tls --no-native-tls --offline --no-offline --preview --no-preview
    --isolated --show-settings --no-progress --directory= --config-file= --no-config --help --version --compile
    --config-settings= --force-reinstall --no-cache-dir --no-compile -r= --requirements= --allow-insecure-host=
    --trusted-host= --group= --index= --default-index= --project= --active --no-active --fork-strategy=
    --no-installer-metadata --requirement= -c= -m= --constraints= --marker= --managed-python --no-managed-python
    --constraint= --raw --bounds= --workspace --config-settings-package= --exclude-newer-package= --no-workspace
    --no-install-project --no-install-workspace --no-install-local --preview-features= --lfs --no-sources-package=
    --only-install-project --only-install-workspace --only-install-local --no-install-package=
    --only-install-package= --no-editable-package= --upgrade-group= --system-certs --no-system-certs --no-locked
    --no-frozen --prerelease-package= --require-build-hashes --no-require-build-hashes
"""

SYNC = """
    -p= -q -v -n -h -V --python= --quiet --verbose --no-color --color= --native-tls --no-native-tls --preview
    --no-preview --isolated --no-cache --cache-dir= --help --version --no-cache-dir -i= -f= -U -P= -C= --extra=
    --all-extras --no-all-extras --dev --no-dev --no-clean --locked --frozen --index-url= --extra-index-url=
    --find-links= --no-index --upgrade --no-upgrade --upgrade-package= --reinstall --no-reinstall
    --reinstall-package= --index-strategy= --keyring-provider= --resolution= --prerelease= --pre --config-setting=
    --no-build-isolation --no-build-isolation-package= --build-isolation --exclude-newer= --link-mode=
    --compile-bytecode --no-compile-bytecode --no-sources --no-build --build --no-build-package= --no-binary
    --binary --no-binary-package= --refresh --no-refresh --refresh-package= --package= --python-preference=
    --allow-python-downloads --no-python-downloads --python-fetch= --offline --no-offline --show-settings
    --no-progress --directory= --config-file= --no-config --compile --config-settings= --force-reinstall
    --no-compile --inexact --exact --no-install-project --no-install-workspace --no-install-package=
    --allow-insecure-host= --trusted-host= --only-dev --group= --no-group= --only-group= --no-editable --index=
    --default-index= --all-packages --project= --no-extra= --no-default-groups --all-groups --active --no-active
    --dry-run --fork-strategy= --script= --no-installer-metadata --check --no-check --managed-python
    --no-managed-python --output-format= --python-platform= --editable --no-install-local
    --config-settings-package= --exclude-newer-package= --preview-features= --only-install-project
    --only-install-workspace --only-install-local --only-install-package= --no-sources-package=
    --no-editable-package= --upgrade-group= --system-certs --no-system-certs --no-locked --no-frozen
    --prerelease-package= --require-build-hashes --no-require-build-hashes
"""

RUN = """
    -p= -q -v -n -h -V --with= --python= --quiet --verbose --no-color --color= --native-tls --no-native-tls
    --preview --no-preview --isolated --no-cache --cache-dir= --help --version --no-cache-dir -i= -f= -U -P= -C=
    --extra= --all-extras --no-all-extras --dev --no-dev --with-requirements= --locked --frozen --index-url=
    --extra-index-url= --find-links= --no-index --upgrade --no-upgrade --upgrade-package= --reinstall
    --no-reinstall --reinstall-package= --index-strategy= --keyring-provider= --resolution= --prerelease= --pre
    --config-setting= --no-build-isolation --no-build-isolation-package= --build-isolation --exclude-newer=
    --link-mode= --compile-bytecode --no-compile-bytecode --no-sources --no-build --build --no-build-package=
    --no-binary --binary --no-binary-package= --refresh --no-refresh --refresh-package= --package= --no-project
    --show-resolution --python-preference= --allow-python-downloads --no-python-downloads --python-fetch=
    --offline --no-offline --show-settings --no-progress --directory= --config-file= --no-config --compile
    --config-settings= --force-reinstall --no-compile --with-editable= --allow-insecure-host= --trusted-host= -m
    -s --group= --no-group= --only-group= --module --only-dev --no-editable --env-file= --no-env-file --no-sync
    --script --index= --default-index= --all-packages --project= --no-extra= --no-default-groups --all-groups
    --inexact --exact --active --no-active --gui-script --fork-strategy= --max-recursion-depth=
    --no-installer-metadata --managed-python --no-managed-python -w= --editable --config-settings-package=
    --exclude-newer-package= --python-platform= --preview-features= --no-sources-package= --no-editable-package=
    --upgrade-group= --system-certs --no-system-certs --no-locked --no-frozen --prerelease-package=
    --require-build-hashes --no-require-build-hashes
"""

TOOL_INSTALL = """
    -e -i= -f= -U -P= -C= -p= -n -q -v -h -V --editable --from= --with= --with-requirements= --index-url=
    --extra-index-url= --find-links= --no-index --upgrade --no-upgrade --upgrade-package= --reinstall
    --no-reinstall --reinstall-package= --index-strategy= --keyring-provider= --resolution= --prerelease= --pre
    --config-setting= --no-build-isolation --no-build-isolation-package= --build-isolation --exclude-newer=
    --link-mode= --compile-bytecode --no-compile-bytecode --no-sources --no-build --build --no-build-package=
    --no-binary --binary --no-binary-package= --refresh --no-refresh --refresh-package= --force --python=
    --no-cache --cache-dir= --python-preference= --allow-python-downloads --no-python-downloads --python-fetch=
    --quiet --verbose --no-color --color= --native-tls --no-native-tls --offline --no-offline --preview
    --no-preview --isolated --show-settings --no-progress --directory= --config-file= --no-config --help --version
    --compile --config-settings= --force-reinstall --no-cache-dir --no-compile --allow-insecure-host=
    --trusted-host= --with-editable= --index= --default-index= --project= -c= --constraints= --overrides=
    --fork-strategy= --no-installer-metadata --constraint= --override= -b= --build-constraints= --managed-python
    --no-managed-python --build-constraint= -w= --with-executables-from= --config-settings-package=
    --exclude-newer-package= --python-platform= --preview-features= --excludes= --no-sources-package= --lfs
    --torch-backend= --upgrade-group= --system-certs --no-system-certs --prerelease-package=
    --require-build-hashes --no-require-build-hashes
"""

TOOL_RUN = """
    -i= -f= -U -P= -C= -p= -n -q -v -h -V --from= --with= --with-requirements= --isolated --index-url=
    --extra-index-url= --find-links= --no-index --upgrade --no-upgrade --upgrade-package= --reinstall
    --no-reinstall --reinstall-package= --index-strategy= --keyring-provider= --resolution= --prerelease= --pre
    --config-setting= --no-build-isolation --no-build-isolation-package= --build-isolation --exclude-newer=
    --link-mode= --compile-bytecode --no-compile-bytecode --no-sources --no-build --build --no-build-package=
    --no-binary --binary --no-binary-package= --refresh --no-refresh --refresh-package= --python=
    --show-resolution --no-cache --cache-dir= --python-preference= --allow-python-downloads --no-python-downloads
    --python-fetch= --quiet --verbose --no-color --color= --native-tls --no-native-tls --offline --no-offline
    --preview --no-preview --show-settings --no-progress --directory= --config-file= --no-config --help --version
    --compile --config-settings= --force-reinstall --no-cache-dir --no-compile --allow-insecure-host=
    --trusted-host= --with-editable= --index= --default-index= --generate-shell-completion= --project=
    --fork-strategy= --no-installer-metadata -c= -b= --constraints= --build-constraints= --overrides= --env-file=
    --no-env-file --managed-python --no-managed-python --build-constraint= --constraint= --override= -w=
    --config-settings-package= --exclude-newer-package= --python-platform= --preview-features=
    --no-sources-package= --lfs --torch-backend= --upgrade-group= --system-certs --no-system-certs
    --prerelease-package= --require-build-hashes --no-require-build-hashes
"""
