#!/usr/bin/env bash
# Sees to the storage emulator that these tests run against: Azurite, installed through npm beside them.
set -euo pipefail
cd "$(dirname "$0")"
if [ -f node_modules/azurite/dist/src/azurite.js ]; then exit 0; fi
if ! command -v npm >/dev/null; then
  echo "!! The tests of the Azure home need Node and npm for Azurite." >&2
  exit 1
fi
npm install --no-package-lock --no-audit --no-fund --silent
