#!/bin/sh
# screenshot.sh REPORT.html PICTURE.png [WIDTH [HEIGHT]]: the report as a picture in light colours, two dots a pixel;
# needs Chromium (Debian: chromium-headless-shell or chromium).
set -eu
[ $# -ge 2 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
report=$(realpath "$1")
picture=$(realpath -m "$2")
width=${3:-1180}
height=${4:-1480}
for name in chromium-headless-shell chromium google-chrome; do
    if command -v "$name" > /dev/null; then browser=$name; break; fi
done
[ -n "${browser:-}" ] || { echo "screenshot: no Chromium on the path" >&2; exit 1; }
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
# A browser of its own in a folder of its own; it may not need a sandbox for a file that loads nothing.
"$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$state" \
    --force-device-scale-factor=2 --window-size="$width,$height" --screenshot="$picture" "file://$report" \
    2> "$state/log" || { cat "$state/log" >&2; exit 1; }
[ -s "$picture" ] || { cat "$state/log" >&2; exit 1; }
