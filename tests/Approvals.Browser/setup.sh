#!/usr/bin/env bash
# Sees to the browser that these tests drive: Debian's Chromium, installed through apt where this runs as root.
set -euo pipefail
browser=${CHROMIUM:-/usr/bin/chromium}
if [ -x "$browser" ]; then exit 0; fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
fi
if [ ! -x "$browser" ]; then
  echo "!! The browser tests need Chromium at $browser (apt-get install chromium), or its path in CHROMIUM." >&2
  exit 1
fi
