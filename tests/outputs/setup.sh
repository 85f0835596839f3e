#!/bin/sh
# Brings what opens the outputs: Chromium from Debian, and with npm what drives and checks it.
# Nothing is downloaded by the packages themselves.
set -eu
cd "$(dirname "$0")/../.."
here=tests/outputs there=build/outputs

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

missing=
command -v chromium >/dev/null || missing="chromium"
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
