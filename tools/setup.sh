# Sourced by ./run and ./test: makes the environment from the lock file. POSIX shell, nothing but Python and pip needed.
# Needs: HERE (the project's folder), LOCK (requirements.lock or requirements-dev.lock).

fail() { printf '%s\n' "goldthread: $*" >&2; exit 1; }
say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in python3.11 python3.12 python3.13 python3; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(0 if sys.version_info[:2] >= (3, 11) else 1)' 2>/dev/null; then
            PYTHON=$candidate
            return
        fi
    done
    fail "Python 3.11 or newer was not found. On Debian: apt install python3 python3-pip"
}

enough_disk() {
    free_kb=$(df -Pk "$HERE" | awk 'NR==2 {print $4}')
    [ "${free_kb:-0}" -ge 1500000 ] || fail "the disk has $((free_kb / 1024)) MB free and setting up needs 1,500 MB. Free some space and run this again."
}

make_environment() {
    fill_environment
    translate_sources "$HERE/src/goldthread"
}

fill_environment() {
    stamp="$HERE/.venv/.lock-stamp"
    wanted=$(cat "$HERE/$LOCK" "$HERE/pyproject.toml" | cksum | cut -d' ' -f1)
    [ -x "$HERE/.venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted-$LOCK" ] && return 0
    # An environment made for the tests holds everything that running needs.
    [ "$LOCK" = requirements.lock ] && [ -x "$HERE/.venv/bin/python" ] &&
        [ "$(cat "$stamp" 2>/dev/null)" = "$(cat "$HERE/requirements-dev.lock" "$HERE/pyproject.toml" | cksum | cut -d' ' -f1)-requirements-dev.lock" ] && return 0
    find_python
    enough_disk
    say "Setting up (once; a minute or two) ..."
    if [ ! -x "$HERE/.venv/bin/python" ]; then
        "$PYTHON" -m venv "$HERE/.venv" >/dev/null 2>&1 || {
            # Debian without python3-venv: the environment is made bare, and the system's pip fills it.
            rm -rf "$HERE/.venv"
            "$PYTHON" -m venv --without-pip "$HERE/.venv" || fail "Python could not make an environment in $HERE/.venv"
        }
    fi
    install_locked || fail "the packages could not be installed. Is the network there? What pip said is above."
    printf '%s' "$wanted-$LOCK" >"$stamp"
}

find_pip() {
    [ -n "${PYTHON:-}" ] || find_python
    if [ -x "$HERE/.venv/bin/pip" ]; then pip_() { "$HERE/.venv/bin/python" -m pip "$@"; }
    else pip_() { "$PYTHON" -m pip --python "$HERE/.venv/bin/python" "$@"; }
    fi
    "$HERE/.venv/bin/python" -m pip --version >/dev/null 2>&1 || "$PYTHON" -m pip --version >/dev/null 2>&1 ||
        fail "pip was not found. On Debian: apt install python3-pip"
}

install_locked() {
    # uv, where it can be had, does in seconds what pip does in minutes; both check every hash.
    find_pip
    pip_ install --quiet --disable-pip-version-check --require-hashes -r "$HERE/tools/uv.lock" 2>/dev/null || true
    install_lock "$HERE/$LOCK" && link_project
}

install_lock() {
    # The lock names everything that is needed, so nobody's wishes are followed beyond it (see [tool.uv] in pyproject.toml).
    if [ -x "$HERE/.venv/bin/uv" ] &&
        "$HERE/.venv/bin/uv" pip install --quiet --compile-bytecode --python "$HERE/.venv/bin/python" --require-hashes --no-deps -r "$1"; then return 0
    fi
    find_pip
    pip_ install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$1"
}

add_spark() {
    # What `goldthread national --engine spark` and its tests need beyond the rest; $1 installs packages of the system.
    # Where it cannot be had, that is said, and the rest goes on without.
    java -version >/dev/null 2>&1 || "$@" default-jre-headless || true
    java -version >/dev/null 2>&1 || { say "Java was not found: the tests of the Spark engine are left out. On Debian: sudo apt install default-jre-headless"; return 0; }
    stamp="$HERE/.venv/.spark-stamp"
    wanted=$(cksum <"$HERE/requirements-spark.lock" | cut -d' ' -f1)
    [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    enough_disk
    say "Setting up Spark (once; half a minute) ..."
    if install_lock "$HERE/requirements-spark.lock"; then printf '%s' "$wanted" >"$stamp"
    else say "PySpark could not be installed: the tests of the Spark engine are left out."
    fi
}

translate_sources() {
    # The child that reads files may write none, and some systems tell Python to keep none (PYTHONDONTWRITEBYTECODE):
    # whatever changed since would be translated anew by every process that imports it. Asks a fifth of a second.
    "$HERE/.venv/bin/python" -m compileall -q "$@" >/dev/null 2>&1 || true
}

link_project() {
    # The project itself is used where it lies: a path file and two small scripts instead of a build.
    site=$("$HERE/.venv/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])') || return 1
    printf '%s\n' "$HERE/src" >"$site/goldthread-here.pth"
    cat >"$HERE/.venv/bin/goldthread" <<END
#!$HERE/.venv/bin/python
import sys
from goldthread.cli import main
sys.exit(main())
END
    chmod +x "$HERE/.venv/bin/goldthread"
}

build_frontend() {
    "$HERE/.venv/bin/python" "$HERE/tools/build_frontend.py" "$@" || fail "the front-end packages could not be built; what went wrong is above."
}
