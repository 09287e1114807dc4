#!/bin/sh
# Installs the packages in NEEDED, by their Debian names, where there is apt. Elsewhere it looks for what the build needs
# (headers and libraries), and says what is missing and what that is called there; tools for tests it only names.
set -eu

# Asks the compiler, which finds what pkg-config has not heard of.
has_header() {
  for compiler in clang cc gcc; do
    command -v "$compiler" >/dev/null 2>&1 || continue
    printf '#include <%s>\n' "$1" | "$compiler" $3 -E -x c - >/dev/null 2>&1 && return 0
  done
  command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "$2"
}

# Of a package's Debian name: whether what it is for is there. 2 for what is a tool and not a library.
is_there() {
  case $1 in
    libpq-dev) has_header libpq-fe.h libpq "-I/usr/include/postgresql $(pg_config --includedir 2>/dev/null | sed 's/^/-I/')" ;;
    libsqlite3-dev) has_header sqlite3.h sqlite3 '' ;;
    libhiredis-dev) has_header hiredis/hiredis.h hiredis '' ;;
    zlib1g-dev) has_header zlib.h zlib '' ;;
    python3-venv) python3 -m venv --help >/dev/null 2>&1 ;;
    postgresql) command -v postgres >/dev/null 2>&1 || command -v pg_ctl >/dev/null 2>&1 ;;
    nginx-light) command -v nginx >/dev/null 2>&1 ;;
    prometheus) command -v promtool >/dev/null 2>&1 ;;
    systemd) command -v systemd-analyze >/dev/null 2>&1 ;;
    binutils) command -v nm >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

# The names of a library elsewhere, in the order dnf, apk, brew, pacman.
names() {
  case $1 in
    libpq-dev) echo 'libpq-devel libpq-dev libpq postgresql-libs' ;;
    libsqlite3-dev) echo 'sqlite-devel sqlite-dev sqlite sqlite' ;;
    libhiredis-dev) echo 'hiredis-devel hiredis-dev hiredis hiredis' ;;
    zlib1g-dev) echo 'zlib-devel zlib-dev zlib zlib' ;;
    *) echo "$1 $1 $1 $1" ;;
  esac
}

if command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1; then
  missing=''
  for package in $NEEDED; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
  done
  [ -n "$missing" ] || exit 0
  # A machine that nobody may install on can have the libraries all the same.
  sudo=''
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  echo "installing$missing"
  # shellcheck disable=SC2086
  $sudo apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q $missing >/dev/null \
    && exit 0
  echo "make: apt-get could not install$missing; looking for what they are for" >&2
fi

missing=''
for package in $NEEDED; do
  is_there "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo 'make: missing here; install it and run make again:' >&2
for package in $missing; do
  set -- $(names "$package")
  echo "  Debian: $package   dnf: $1   apk: $2   brew: $3   pacman: $4" >&2
done
exit 1
