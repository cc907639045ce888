#!/usr/bin/env bash
# Letters from the real program to a real SMTP server over TLS: delivered once, tried again after a
# refusal, stuck where a person sees it, not lost when central is killed.
set -euo pipefail
# The package belongs to the system's Python, which need not be the first one here.
python=
for one in /usr/bin/python3 python3; do
  if "$one" -c 'import aiosmtpd' 2>/dev/null; then python=$one; break; fi
done
[[ -n $python ]] || { echo "python3-aiosmtpd is not installed"; exit 77; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
central=$SHOWFLOOR_BIN/showfloor-central
dir=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
  rm -rf "$dir"
}
trap cleanup EXIT
fail() { echo "FAILED: $*"; "$central" mail list --data "$dir/data" || true; exit 1; }
# wait_for SECONDS WHAT COMMAND...: until it succeeds
wait_for() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [[ $SECONDS -lt $end ]] || fail "$what"
    sleep 0.1
  done
}
has() { [[ $(find "$dir/$1" -name '*.eml' 2>/dev/null | wc -l) -ge $2 ]]; }
count() { find "$dir/$1" -name '*.eml' | wc -l; }
start_mail() { # FOLDER MODE
  mkdir -p "$dir/$1"
  "$python" "$here/mail_server.py" "$dir/$1.port" "$dir/$1" "$dir/data/keys/server.pem" \
    "$dir/data/keys/server.key" "$2" 2>"$dir/$1.log" &
  pids+=($!)
  wait_for 20 "the mail server starts" test -e "$dir/$1.port"
}
configure() { # FOLDER MODE [HOST]
  cat >"$dir/config.json" <<JSON
{"listen": "127.0.0.1:0", "sync_listen": "127.0.0.1:0", "log": "$dir/central.log",
 "mail": {"host": "${3:-localhost}", "port": $(cat "$dir/$1.port"), "security": "$2",
          "from": "office@dealer.example", "from_name": "Dealer & Söhne", "user": "dealer",
          "password_file": "$dir/password", "ca_file": "$dir/data/keys/ca.pem"}}
JSON
}
start_central() {
  "$central" serve --data "$dir/data" --config "$dir/config.json" >"$dir/serve.out" &
  served=$!
  pids+=("$served")
  wait_for 20 "central starts" grep -q 'REST API on' "$dir/serve.out"
}
add_user() {
  "$central" users add --data "$dir/data" --first-name Zoé --last-name "$1" --username "$1" \
    --email "$1@people.example" --role seller --branch NBO --json |
    "$python" -c 'import json,sys; print(json.load(sys.stdin)["password"])'
}
mails() { # STATE: how many
  "$central" mail list --data "$dir/data" --state "$1" --json |
    "$python" -c 'import json,sys; print(len(json.load(sys.stdin)))'
}
is() { [[ $(mails "$1") == "$2" ]]; }

"$central" init --data "$dir/data" >/dev/null
"$central" branches add --data "$dir/data" --code NBO --name 'Nairobi' --currency KES \
  --phone +254700000001 --locale fr >/dev/null
printf 's3cret words\n' >"$dir/password"

echo "-- without a mail server letters wait, visibly"
password=$(add_user amina)
[[ $(mails waiting) == 1 ]] || fail "the letter to a new user waits"
"$central" verify --data "$dir/data" --json | grep -q '"waiting":1' || fail "verify shows it"
grep -rqF "$password" "$dir/data/central.db" "$dir/data/central.db-wal" &&
  fail "the one-time password lies readable in the database"

echo "-- STARTTLS: delivered once, in the reader's language, with the password"
start_mail first starttls
configure first starttls
start_central
wait_for 30 "the letter is delivered" has first 1
wait_for 10 "the letter is noted as sent" is sent 1
"$python" - "$dir/first/001.eml" "$password" <<'PY' || fail "what the letter says"
import email, email.policy, sys
letter = email.message_from_file(open(sys.argv[1]), policy=email.policy.default)
body = next(letter.walk()).get_body(("plain",)).get_content()
assert letter["X-To"] == "amina@people.example", letter["X-To"]
assert letter["To"] == "amina@people.example"
assert "Söhne" in letter["From"] and "office@dealer.example" in letter["From"], letter["From"]
assert letter["Subject"] == "Votre compte chez Nairobi", letter["Subject"]
assert "Bonjour Zoé amina," in body and sys.argv[2] in body, body
assert letter["Message-ID"].endswith("@dealer.example>") and letter["Date"]
PY
[[ $(count first) == 1 ]] || fail "delivered once"

echo "-- refused for now: tried again; refused for good: stuck, and retried by hand"
touch "$dir/first/refuse-now"
add_user bakari >/dev/null
refused() { [[ ! -e $dir/first/refuse-now ]]; }
wait_for 30 "the server refuses once" refused
tried() { "$central" mail list --data "$dir/data" --json | grep -q refused_for_now; }
wait_for 10 "the refusal is noted" tried
"$central" mail retry --data "$dir/data" >/dev/null
wait_for 30 "the refused letter arrives" has first 2
echo "chausiku@people.example" >"$dir/first/refuse"
add_user chausiku >/dev/null
wait_for 30 "the letter is stuck" is stuck 1
"$central" verify --data "$dir/data" | grep -q 'stuck' || fail "verify names stuck letters"
curl -sk "$(sed -n 's/REST API on \([^,]*\),.*/\1/p' "$dir/serve.out")/healthz" |
  grep -q '"stuck":1' || fail "healthz shows stuck letters"
rm "$dir/first/refuse"
"$central" mail retry --data "$dir/data" >/dev/null
wait_for 30 "the stuck letter arrives" has first 3
[[ $(count first) == 3 ]] || fail "each letter once"

echo "-- killed while the server has not answered: sent again, the same Message-ID, not lost"
touch "$dir/first/slow"
add_user daudi >/dev/null
wait_for 30 "the server has the letter" has first 4
kill -9 "$served"
wait "$served" 2>/dev/null || true
rm "$dir/first/slow"
[[ $(mails waiting) == 1 ]] || fail "the letter waits"

echo "-- TLS from the first byte; a certificate for another name is not believed"
start_mail second tls
configure second tls 127.0.0.2
start_central
identity() { "$central" mail list --data "$dir/data" --json | grep -q tls_identity; }
wait_for 30 "another name is refused" identity
kill "$served"
wait "$served" 2>/dev/null || true
configure second tls
start_central
"$central" mail retry --data "$dir/data" >/dev/null
wait_for 30 "the letter arrives after the kill" has second 1
wait_for 10 "and is noted as sent" is waiting 0
[[ $(grep -h '^Message-ID' "$dir/first/004.eml") == $(grep -h '^Message-ID' "$dir/second/001.eml") ]] ||
  fail "the same Message-ID"
sleep 0 # nothing is due any more: no double can follow
[[ $(count second) == 1 ]] || fail "once after the kill"
kill "$served"
wait "$served" || fail "central ends well"
echo "mail: all held"
