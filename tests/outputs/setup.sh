#!/bin/sh
# Brings what opens the outputs: Chromium and LibreOffice from Debian, with npm what drives and
# checks the one, and exceljs, from PyPI a judge of the form of workbooks. Nothing is downloaded by
# the packages themselves.
set -eu
cd "$(dirname "$0")/../.."
here=tests/outputs there=build/outputs

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

missing=
command -v chromium >/dev/null || missing="chromium"
command -v soffice >/dev/null || missing="$missing libreoffice-calc-nogui"
command -v pdfinfo >/dev/null || missing="$missing poppler-utils"
command -v npm >/dev/null || missing="$missing nodejs npm"
if [ "$missing" ]; then
    echo "Installing from Debian: $missing"
    as_root apt-get update -qq
    # shellcheck disable=SC2086  # several names
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends $missing >/dev/null
fi

mkdir -p $there
if ! cmp -s $here/package-lock.json $there/installed; then
    echo "Installing the pinned packages of npm"
    cp $here/package.json $here/package-lock.json $there/
    (cd $there && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
    cp $here/package-lock.json $there/installed
fi
if ! cmp -s $here/requirements.txt $there/python/installed; then
    echo "Installing the pinned packages of PyPI"
    rm -rf $there/python
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
        --require-hashes --requirement $here/requirements.txt --target $there/python
    cp $here/requirements.txt $there/python/installed
fi
