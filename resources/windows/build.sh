#!/bin/bash
# Builds the Windows program on Debian 12 and proves it in Wine: `make windows`.
#
#   dist/KyodoDesktop-VERSION-Setup.exe, the same as .zip, SHA256SUMS, 導入説明書.html
#
# latest.json, by which installed programs learn of it, comes from `make release`: it is signed.
#
# Windows' Python, its packages and a fresh Windows are kept in build/windows (toolchain.sh); the
# program, its Setup and its proofs are made anew each time. Meanwhile those of the project's own
# tests run in Wine which Windows can answer differently; `build.sh tests` runs all, and no more.
# `build.sh product` proves nothing, and `build.sh deep` what takes long, of what was built before.
set -eEuo pipefail
trap 'echo "resources/windows/build.sh: line $LINENO failed" >&2' ERR
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
WORK=$PWD/build/windows
BUNDLE=$WORK/bundle/KyodoDesktop
mkdir -p "$WORK" dist
unset KYODO_DESKTOP_HOME # the proofs look where Windows keeps a user's files

say() { printf '== %s (%s s)\n' "$*" $SECONDS; }

. resources/windows/toolchain.sh

# setup VERSION FILE [DEFINE]: for 64 bits, which Wine without its 32-bit half can run as well.
setup() {
    makensis -V2 -INPUTCHARSET UTF8 "-XTarget amd64-unicode" -DVERSION="$1" -DBUNDLE="$BUNDLE" \
        -DOUTPUT="$2" "${@:3}" resources/windows/installer.nsi
}

# Files, processes, threads, fonts, the start. What none of that can touch in here is marked
# `same_everywhere`, with the reason.
DIFFERENT_ON_WINDOWS="tests/store tests/updating tests/pages tests/excel tests/printing tests/web
    $(echo tests/test_*.py)
    tests/services/test_damaged_files.py tests/services/test_files.py
    tests/services/test_read_only_files.py
    tests/ui/test_app.py tests/ui/test_jobs.py tests/ui/test_main_window.py
    tests/ui/test_settings.py tests/ui/export/test_commands.py tests/ui/files
    tests/ui/program/test_updates.py tests/ui/widgets/test_appearance.py"

# run_tests WORD...: the words are pytest's.
run_tests() {
    use_windows tests
    WINEQT_QPA_PLATFORM=offscreen windows "$WINDOWS_PYTHON" -X utf8 -m pytest -v \
        -p no:cacheprovider -o faulthandler_timeout=$((120 * SLOWNESS)) "$@"
}

# Modules that were compiled before are not the same as those that are compiled now, in one bit
# of one word: so all are compiled anew.
build_program() {
    use_windows build
    rm -rf "$WORK"/{bundle,pyinstaller,cache}
    PYTHONHASHSEED=0 KYODO_PYTHON_LIBRARY=$LIBRARY KYODO_NSIS=$(makensis -VERSION) \
        CACHE=$WORK/cache LIMIT=600 windows "$WINDOWS_PYTHON" -X utf8 -X no_debug_ranges \
        -m PyInstaller --noconfirm --clean --log-level WARN \
        --distpath "Z:$WORK/bundle" --workpath "Z:$WORK/pyinstaller" build_spec.spec
    chmod -R u=rwX,go=rX "$BUNDLE"
    find "$BUNDLE" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
}

# One Setup to give away, and two of the same program to upgrade from and to update to.
pack() {
    rm -rf dist/KyodoDesktop-* dist/{latest.json,SHA256SUMS,導入説明書.html}
    setup "$VERSION" "$PWD/dist/KyodoDesktop-$VERSION-Setup.exe" &
    setup 0.0.1 "$WORK/KyodoDesktop-0.0.1-Setup.exe" -DQUICKLY_MADE
    setup 99.0.0 "$WORK/KyodoDesktop-99.0.0-Setup.exe" -DQUICKLY_MADE
    (cd "$WORK/bundle" && find KyodoDesktop | LC_ALL=C sort |
        zip -qX@ "$OLDPWD/dist/KyodoDesktop-$VERSION.zip")
    wait $!
    .venv/bin/python -m resources.windows.release_papers dist
}

# Side by side, each on a Windows of its own.
run_proofs() {
    local proof failed=
    declare -A running
    for proof in tests/windows/proof_*.py; do
        .venv/bin/python -m pytest -q -o python_files='proof_*.py' "$proof" \
            >"$WORK/$(basename "$proof" .py).log" 2>&1 &
        running[$proof]=$!
    done
    for proof in "${!running[@]}"; do
        wait "${running[$proof]}" || failed=yes
        cat "$WORK/$(basename "$proof" .py).log"
    done
    [ ! "$failed" ]
}

install_packages
[ "${DISPLAY_MADE:-}" ] ||
    DISPLAY_MADE=yes exec xvfb-run -a -s "-screen 0 1366x768x24" "${BASH_SOURCE[0]}" "$@"
set_environment
trap end_windows EXIT
measure_slowness
make_python
install_wheels
make_prefix
if [ "${1:-}" = bench ]; then
    exec .venv/bin/python -m tests.bench.on_windows
fi
if [ "${1:-}" = tests ]; then
    LIMIT=1800 run_tests
    exit
fi
if [ "${1:-}" = deep ]; then
    export KYODO_ALL_STATES=yes
    exec .venv/bin/python -m pytest -v -o python_files='deep_*.py proof_setup_broken.py' tests/windows
fi
VERSION=$(.venv/bin/python -c 'import kyodo_desktop; print(kyodo_desktop.__version__)')
if [ "${1:-}" = product ]; then
    build_program
    pack
    exit
fi

say "The tests under Windows' Python begin"
(LIMIT=1200 run_tests -m "not same_everywhere" $DIFFERENT_ON_WINDOWS >"$WORK/tests.log" 2>&1) &
tests=$!
say "The program"
build_program
say "Setup and zip"
pack
say "The proofs"
run_proofs
say "The tests under Windows' Python"
wait $tests || { tail -n 60 "$WORK/tests.log"; exit 1; }
grep -E '^SKIPPED|^=.* passed' "$WORK/tests.log"
say "Done"
ls -sh1 dist
