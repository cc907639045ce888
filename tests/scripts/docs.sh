#!/usr/bin/env bash
# /docs in a real browser: headless Chromium opens the page over TLS, sees every operation, and
# asks nobody but central.
set -euo pipefail
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[[ -n $browser ]] || { echo "no Chromium here to look at the page"; exit 77; }
central=$SHOWFLOOR_BIN/showfloor-central
dir=$(mktemp -d)
served=
cleanup() {
  if [[ -n $served ]]; then kill "$served" 2>/dev/null || true; fi
  rm -rf "$dir"
}
trap cleanup EXIT
"$central" init --data "$dir/data" >/dev/null
"$central" serve --data "$dir/data" --listen 127.0.0.1:0 --sync-listen 127.0.0.1:0 >"$dir/out" &
served=$!
for _ in $(seq 200); do grep -q 'REST API on' "$dir/out" && break; sleep 0.1; done
url=$(sed -n 's/REST API on \([^,]*\),.*/\1/p' "$dir/out")
flags=(--headless --no-sandbox --disable-gpu --ignore-certificate-errors
  "--user-data-dir=$dir/profile" --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1')
timeout 120 "$browser" "${flags[@]}" --dump-dom "$url/docs" >"$dir/page.html" 2>"$dir/browser.log"
operations=$(grep -c 'operationId:' "$SHOWFLOOR_SOURCE/schema/openapi.yaml")
shown=$(grep -o '<details id=' "$dir/page.html" | wc -l)
[[ $operations -gt 50 && $shown -eq $operations ]] ||
  { echo "FAILED: $shown of $operations operations are shown"; exit 1; }
grep -q '<title>Showfloor API</title>' "$dir/page.html"
timeout 120 "$browser" "${flags[@]}" --window-size=1200,900 --screenshot="$dir/page.png" "$url/docs" \
  >/dev/null 2>&1
bytes=$(wc -c <"$dir/page.png")
[[ $bytes -gt 20000 ]] || { echo "FAILED: the page is blank ($bytes bytes of picture)"; exit 1; }
if [[ -n ${SHOWFLOOR_SHOT:-} ]]; then cp "$dir/page.png" "$SHOWFLOOR_SHOT"; fi
echo "docs: $shown operations shown"
