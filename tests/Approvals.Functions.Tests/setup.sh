#!/usr/bin/env bash
# Sees to Azurite, Microsoft's emulator of Azure Storage, which these tests run against: installed once, with npm, beside the build's output.
set -euo pipefail
cd "$(dirname "$0")"
# The last that runs on Node.js 20.
version=3.35.0
target=obj/azurite-$version
if [ -f "$target/node_modules/azurite/dist/src/azurite.js" ]; then exit 0; fi
if ! command -v npm >/dev/null; then
  echo "!! The tests of functions/ need Node.js 20 or later with npm, for Azurite." >&2
  exit 1
fi
# Moved into place whole, so that an interrupted or a second run leaves nothing half done.
mkdir -p obj
new=$(mktemp -d obj/azurite.XXXXXX)
trap 'rm -rf "$new"' EXIT
npm install --prefix "$new" --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel error "azurite@$version" >&2
[ -e "$target" ] || mv "$new" "$target"
