#!/bin/sh
# Makes a fresh machine ready: a virtual environment with the pinned packages, the libraries that
# Qt needs of the system, a font with Japanese letters. With `screenshots`, what takes pictures too.
# Debian's packages are installed where this user may do so, and named where not.
set -eu
cd "$(dirname "$0")/../.."
python=.venv/bin/python

# What Qt opens on X11 and off screen; Debian brings what these need themselves.
QT="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libx11-xcb1 libxkbcommon-x11-0
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-randr0 libxcb-shape0"
FONT="fonts-noto-cjk"
PICTURES="xvfb xauth libreoffice-calc-nogui poppler-utils"

qt_is_complete() {
    ! ldd .venv/lib/python*/site-packages/PySide6/Qt/plugins/platforms/libq[ox]*.so |
        grep -q "not found"
}

japanese_is_shown() {
    QT_QPA_PLATFORM=offscreen "$python" - <<'PYTHON'
import sys
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication([])
sys.exit(not QFontDatabase.families(QFontDatabase.WritingSystem.Japanese))
PYTHON
}

pictures_are_possible() {
    command -v xvfb-run && command -v soffice && command -v pdftoppm
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

updated=
install() {
    { command -v apt-get && as_root true; } >/dev/null 2>&1 || return 0
    echo "Installing from Debian: $*"
    [ "$updated" ] || as_root apt-get update -qq || true
    updated=yes
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends "$@" >/dev/null || true
}

# ensure CHECK WHAT PACKAGE...: without the packages work goes on, as far as it can.
ensure() {
    check=$1 what=$2
    shift 2
    "$check" >/dev/null 2>&1 && return
    install "$@"
    "$check" >/dev/null 2>&1 ||
        echo "Not found: $what. On Debian: sudo apt-get install $*" >&2
}

if ! "$python" -m pip --version >/dev/null 2>&1; then
    echo "Making the virtual environment .venv"
    "${PYTHON:=python3}" -m venv --clear .venv >/dev/null 2>&1 || {
        # Debian keeps what venv needs for pip in a package of its own; the system's pip will do.
        "$PYTHON" -m venv --clear --without-pip .venv
        "$PYTHON" -m pip --python "$python" install --quiet pip
    }
fi
echo "Installing the pinned packages"
# Nothing but these bytes, wherever pip is told to get them from; then the project itself, built
# by what is among them.
pip="$python -m pip install --quiet --disable-pip-version-check"
$pip --require-hashes --requirement resources/build/requirements.txt
$pip --no-index --no-deps --no-build-isolation --editable .

ensure qt_is_complete "the libraries that Qt needs" $QT
ensure japanese_is_shown "a font with Japanese letters" $FONT
[ "${1:-}" != screenshots ] || ensure pictures_are_possible "what takes the pictures" $PICTURES
