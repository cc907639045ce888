# shellcheck shell=bash
# What every script of platform/ shares. Source it after `set -euo pipefail`.

SHOWFLOOR_SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export SHOWFLOOR_SOURCE

# One line that says what went wrong and what to do, then the end.
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

note() { printf '== %s\n' "$*" >&2; }

# Runs a command that may be long; shows its output only when it fails.
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    die "'$1' failed; the whole output is in $log"
  fi
}

jobs_count() { nproc 2>/dev/null || echo 2; }
