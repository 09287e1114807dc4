#!/bin/sh
# Installs the packages in NEEDED, by their Debian names, where there is apt. Elsewhere it looks for what the build needs
# (headers and libraries), and says what is missing and what that is called there. Without a library nothing is built; a
# tool is only named, since what needs it is skipped or says so itself.
set -eu

# Asks the compiler, which finds what pkg-config has not heard of.
has_header() {
  for compiler in clang cc gcc; do
    command -v "$compiler" >/dev/null 2>&1 || continue
    printf '#include <%s>\n' "$1" | "$compiler" $3 -E -x c - >/dev/null 2>&1 && return 0
  done
  command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "$2"
}

# Of a package's Debian name: whether what it is for is there.
is_there() {
  case $1 in
    libpq-dev)
      include=$(pg_config --includedir 2>/dev/null || true)
      has_header libpq-fe.h libpq "-I/usr/include/postgresql ${include:+-I$include}"
      ;;
    libsqlite3-dev) has_header sqlite3.h sqlite3 '' ;;
    libhiredis-dev) has_header hiredis/hiredis.h hiredis '' ;;
    zlib1g-dev) has_header zlib.h zlib '' ;;
    pkg-config) command -v pkg-config >/dev/null 2>&1 || has_header libpq-fe.h libpq '' ;;
    python3-venv) python3 -m venv --help >/dev/null 2>&1 ;;
    postgresql) command -v postgres >/dev/null 2>&1 || command -v pg_ctl >/dev/null 2>&1 ;;
    nginx-light) command -v nginx >/dev/null 2>&1 ;;
    prometheus) command -v promtool >/dev/null 2>&1 ;;
    systemd) command -v systemd-analyze >/dev/null 2>&1 ;;
    binutils) command -v nm >/dev/null 2>&1 ;;
    bubblewrap) command -v bwrap >/dev/null 2>&1 ;;
    poppler-utils) command -v pdftotext >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1 ;;
    tesseract-ocr) command -v tesseract >/dev/null 2>&1 ;;
    iproute2) command -v ip >/dev/null 2>&1 ;;
    nftables) command -v nft >/dev/null 2>&1 ;;
    etcd-server) command -v etcd >/dev/null 2>&1 ;;
    python3-etcd) python3 -c 'import etcd' >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

# The names of a package elsewhere, in the order dnf, apk, brew, pacman; - where there is none.
names() {
  case $1 in
    libpq-dev) echo 'libpq-devel libpq-dev libpq postgresql-libs' ;;
    libsqlite3-dev) echo 'sqlite-devel sqlite-dev sqlite sqlite' ;;
    libhiredis-dev) echo 'hiredis-devel hiredis-dev hiredis hiredis' ;;
    zlib1g-dev) echo 'zlib-devel zlib-dev zlib zlib' ;;
    pkg-config) echo 'pkgconf-pkg-config pkgconf pkgconf pkgconf' ;;
    postgresql) echo 'postgresql-server postgresql postgresql postgresql' ;;
    redis-server) echo 'redis redis redis redis' ;;
    python3-venv) echo 'python3 python3 python python' ;;
    nginx-light) echo 'nginx nginx nginx nginx' ;;
    sqlite3) echo 'sqlite sqlite sqlite sqlite' ;;
    bubblewrap) echo 'bubblewrap bubblewrap - bubblewrap' ;;
    poppler-utils) echo 'poppler-utils poppler-utils poppler poppler' ;;
    tesseract-ocr) echo 'tesseract tesseract-ocr tesseract tesseract' ;;
    iproute2) echo 'iproute iproute2 - iproute2' ;;
    systemd) echo 'systemd - - systemd' ;;
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

tell() {
  for package in "$@"; do
    # shellcheck disable=SC2046
    printf '  Debian: %s   dnf: %s   apk: %s   brew: %s   pacman: %s\n' "$package" $(names "$package") >&2
  done
}

libraries=''
tools=''
for package in $NEEDED; do
  is_there "$package" && continue
  case $package in
    lib*-dev | zlib1g-dev | pkg-config) libraries="$libraries $package" ;;
    *) tools="$tools $package" ;;
  esac
done
if [ -n "$tools" ]; then
  echo 'make: not there, and what needs it is skipped or fails:' >&2
  # shellcheck disable=SC2086
  tell $tools
fi
[ -n "$libraries" ] || exit 0
echo 'make: missing here; install it and run make again:' >&2
# shellcheck disable=SC2086
tell $libraries
exit 1
