#!/usr/bin/env bash
# schema/openapi.yaml passes Spectral's recommended rules, without an error or a warning.
# SHOWFLOOR_SPECTRAL names a spectral that is at hand; else npm fetches the one below once.
set -euo pipefail
version=6.16.3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
if [[ -n ${SHOWFLOOR_SPECTRAL:-} ]]; then
  spectral=$SHOWFLOOR_SPECTRAL
else
  command -v npm >/dev/null || { echo "npm is not here, so Spectral cannot look"; exit 77; }
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/showfloor/spectral-$version
  spectral=$cache/node_modules/.bin/spectral
  if [[ ! -x $spectral ]]; then
    mkdir -p "$cache"
    npm install --prefix "$cache" --no-audit --no-fund --loglevel error \
      "@stoplight/spectral-cli@$version" >"$dir/npm.log" 2>&1 ||
      { echo "npm cannot fetch Spectral here: $(tail -n 1 "$dir/npm.log")"; exit 77; }
  fi
fi
printf 'extends: ["spectral:oas"]\n' >"$dir/rules.yaml"
"$spectral" lint --ruleset "$dir/rules.yaml" --fail-severity warn "$SHOWFLOOR_SOURCE/schema/openapi.yaml"
