#!/usr/bin/env bash
# Makes the pictures of the README: trains on the digits in an empty folder and photographs the report.
#
#     docs/picture.sh          needs Chromium (or $CHROMIUM)
#
# The report's own figures, side by side: headings, headline and facts are left out and the cards laid on one grid.
set -euo pipefail
cd "$(dirname "$0")/.."
docs=$PWD/docs

cargo build --release
reparam=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/reparam
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
"$reparam" train --quiet

layout='main{max-width:none;padding:16px;display:grid;gap:14px;grid-template-columns:repeat(3,1fr)}
main>.grid{display:contents} main>:not(.grid), .wide:not(:has(img))>figure:first-child{display:none}'
photograph() { # scheme
    "${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
        --user-data-dir="$scratch/browser-$1" --force-device-scale-factor=1.5 --window-size=1200,824 \
        --screenshot="$docs/report-$1.png" "file://$scratch/$1.html" 2>"$scratch/$1.log" ||
        { cat "$scratch/$1.log" >&2; exit 1; }
}
# A media query that always or never holds stands in for the browser's colour scheme.
sed "s|</style>|${layout//$'\n'/ }</style>|; s/(prefers-color-scheme: dark)/not all/" runs/*/report.html >light.html
sed "s|</style>|${layout//$'\n'/ }</style>|; s/(prefers-color-scheme: dark)/all/" runs/*/report.html >dark.html
photograph light
photograph dark
ls -l "$docs"/report-*.png
