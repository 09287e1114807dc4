#!/bin/sh
# Makes paidonce_VERSION_ARCHITECTURE.deb from a clone, with dpkg-deb alone. It is untested on any release but Debian 12.
#   make install-build && Deployment/debian/build.sh
set -eu
cd "$(dirname "$0")/../.."

program=.build/release/claims
[ -x "$program" ] || { echo "build.sh: there is no $program; run make install-build first" >&2; exit 1; }
version=$("$program" --version)
architecture=$(dpkg --print-architecture)
root=.build/debian/paidonce
rm -rf "$root"
make install-files DESTDIR="$root" PREFIX=/usr >/dev/null

install -d -m 0750 "$root/etc/paidonce"
install -d "$root/usr/lib/systemd/system"
install -m 0640 Deployment/systemd/paidonce.env "$root/etc/paidonce/paidonce.env"
sed -e 's|/usr/local/bin|/usr/bin|; s|/usr/local/share|/usr/share|' Deployment/systemd/paidonce.service \
  >"$root/usr/lib/systemd/system/paidonce.service"

# The libraries that the program is linked with, by the packages that they are from.
mkdir -p .build/debian/debian
printf 'Source: paidonce\nPackage: paidonce\nArchitecture: any\n' >.build/debian/debian/control
depends=$(cd .build/debian && dpkg-shlibdeps -O paidonce/usr/bin/claims | sed 's/^shlibs:Depends=//')

install -d "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<CONTROL
Package: paidonce
Version: $version
Architecture: $architecture
Maintainer: PaidOnce <paidonce@example.com>
Section: net
Priority: optional
Depends: $depends, ca-certificates
Suggests: postgresql, nginx
Installed-Size: $(du -ks "$root" | cut -f 1)
Description: Healthcare claims, each decided once and paid once
 Takes X12 837 and JSON claims through intake, eligibility, adjudication,
 payment and audit, over SQLite or PostgreSQL, on the command line and as a
 service over HTTP.
CONTROL
echo /etc/paidonce/paidonce.env >"$root/DEBIAN/conffiles"

package=.build/paidonce_${version}_${architecture}.deb
dpkg-deb --build --root-owner-group "$root" "$package" >/dev/null
echo "$package"
