#!/bin/sh
# What the tests need from Debian or Ubuntu: installed when it can be, named when it cannot.
# Tests that miss a program are skipped, and say so.
set -eu

missing=""
need() { # need PROGRAM PACKAGE
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need pdftotext poppler-utils
need mutool mupdf-tools
need soffice libreoffice-writer-nogui
need omegat omegat
need tesseract "tesseract-ocr tesseract-ocr-bod"
need qpdf qpdf
need chromium chromium
need unshare util-linux

[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the tests:$missing" >&2
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >/dev/null || {
        echo "Could not install:$missing. The tests that need them will be skipped." >&2
        exit 0
    }
else
    echo "Not installed:$missing. The tests that need them will be skipped." >&2
    echo "On Debian or Ubuntu: sudo apt-get install$missing" >&2
fi
