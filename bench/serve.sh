#!/usr/bin/env bash
# What it costs to start the server and to have it at rest: ./dev bench serve
#   - from exec to the last byte of the first page, on an existing database (medians of 7 starts)
#   - resident memory: after the start, after every page of the newsroom was read, after 20,000 requests
#   - a cold page by stage, from /metrics: reading the database, rendering, compressing
set -euo pipefail
parley=$(realpath "${PARLEY:-build/release/parley}")
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder"
port=${PORT:-18431}
base=http://127.0.0.1:$port
export PARLEY_LOG_ACCESS=$folder/access.log PARLEY_METRICS_LISTEN=127.0.0.1 PARLEY_METRICS_PORT=$((port + 1))

begin() { "$parley" "$@" --port "$port" >/dev/null 2>&1 & server=$!; }
end() { kill "$server"; wait "$server"; server=; }
resident() { awk '/VmRSS|RssAnon/ {printf "%s %.1f MiB  ", $1, $2 / 1024}' "/proc/$server/status"; }
# By the shell itself: starting a client would take longer than starting the server.
first_page() {
    until exec 3<>"/dev/tcp/127.0.0.1/$port"; do read -rt 0.001 <> <(:) || true; done 2>/dev/null
    printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$1" >&3
    cat <&3 >first.page
    exec 3>&-
    grep -q '^HTTP/1.1 200' first.page
}
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

begin demo --data demo
first_page /
end

for page in / /s/2; do
    for _ in 1 2 3 4 5 6 7; do
        start=$(date +%s%N)
        begin serve --database demo/parley.db
        first_page "$page"
        echo $((($(date +%s%N) - start) / 100000))
        end
    done | median | awk -v page="$page" '{printf "start to the first %s: %.1f ms\n", page, $1 / 10}'
done

begin serve --database demo/parley.db
first_page /healthz
echo "after the start:     $(resident)"
targets=$(for story in 1 2 3 4 5 6 7 8 9; do
    for suffix in "" "?order=oldest" "?order=most-replied" /feed.atom /feed.json; do echo "$base/s/$story$suffix"; done
    curl -s "$base/s/$story" | grep -oE "/(s/$story/c/[0-9]+|p/[^\"]+)" | sort -u | sed "s|^|$base|"
done)
# shellcheck disable=SC2086
curl -s $targets >/dev/null
echo "after $(wc -w <<<"$targets") pages:     $(resident)"
for _ in $(seq 20); do
    curl -s -o /dev/null "$base/s/[1-9]?x=[1-100]" --parallel --parallel-max 32 2>/dev/null
done
echo "after 18,000 more:   $(resident)"
curl -s "http://127.0.0.1:$PARLEY_METRICS_PORT/metrics" | awk '
    /^parley_page_build_seconds_sum/ { match($1, /"[a-z]+"/); sum[substr($1, RSTART + 1, RLENGTH - 2)] = $2 }
    /^parley_page_build_seconds_count/ { match($1, /"[a-z]+"/); n[substr($1, RSTART + 1, RLENGTH - 2)] = $2 }
    /^parley_page_cache_(bytes|pages|builds_total|hits_total)\{shelf="first"/ { print $1, $2 }
    END { for (stage in sum) printf "cold page, %s: %.0f us (mean of %d)\n", stage, 1e6 * sum[stage] / n[stage], n[stage] }'
end
