#!/usr/bin/env bash
# Makes the pictures of the README: trains on the digits in an empty folder and photographs the report.
#
#     docs/picture.sh          needs Chromium, by that name or in $CHROMIUM
#
# The report's own figures side by side: headings and facts are left out, and the cards laid on one grid.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
cargo run --release --quiet --manifest-path "$root/Cargo.toml" -- train --quiet

grid='main { max-width: none; padding: 16px; display: grid; gap: 14px; grid-template-columns: repeat(3, 1fr) }'
grid+=' main > .grid { display: contents }'
grid+=' main > :not(.grid), .wide:not(:has(img)) > figure:first-child { display: none }'

photograph() { # the name of a scheme, and whether the media query for the dark one holds
    sed "s|</style>|$grid</style>|; s/(prefers-color-scheme: dark)/$2/" runs/digits-1/report.html >"$1.html"
    "${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
        --user-data-dir="$scratch/browser-$1" --force-device-scale-factor=1.5 --window-size=1200,824 \
        --screenshot="$root/docs/report-$1.png" "file://$scratch/$1.html" 2>"$1.log" || { cat "$1.log" >&2; exit 1; }
}
photograph light 'not all'
photograph dark all
ls -l "$root"/docs/report-*.png
