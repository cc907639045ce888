#!/usr/bin/env bash
# Every source file is as .clang-format says. The measure is clang-format 14, Debian 12's: other
# versions break lines elsewhere, so on a machine that has only those this test says so and steps
# aside (on Debian 13: `apt install clang-format-14` where it is to be had, or check on Debian 12).
#
# To mend what it finds:   clang-format-14 -i FILE...
set -euo pipefail
version=14
cd "${SHOWFLOOR_SOURCE:-$(dirname "$0")/../..}"

for program in clang-format-$version clang-format ''; do
  if [[ -z $program ]]; then
    echo "clang-format $version is not here (platform/packages/test.txt names it); skipped"
    exit 77
  fi
  if command -v "$program" >/dev/null &&
    [[ $("$program" --version) =~ version\ $version\. ]]; then break; fi
done

# In parts, so that all cores work; xargs answers 123 when one of them found something.
if find src tests -name '*.cpp' -o -name '*.hpp' |
  xargs -n 32 -P "$(nproc)" "$program" --dry-run -Werror; then
  exit 0
fi
echo "not as .clang-format says; mend it with: $program -i FILE..." >&2
exit 1
