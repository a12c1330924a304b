#!/usr/bin/env bash
# Notes how long ./mvnw verify took, for the demo's table: run last, when every test has passed.
# Arguments: the start of the build (UTC), the file to write. A build of some modules, or with some tests, is not the whole: then nothing is noted.
set -euo pipefail
started="$(date -u -d "$1" +%s)"
root="$(cd "$(dirname "$0")/../../.." && pwd)"
for module in platform transport provisioning log identity-service ingest-service pseudonym-service grades-service sensitive-service audit-service \
  breach-service local system-tests; do
  reports="$root/$module/target/surefire-reports"
  newest="$(find "$reports" -name '*.txt' -printf '%T@\n' 2>/dev/null | sort -n | tail -n 1 | cut -d . -f 1 || true)"
  [ "${newest:-0}" -ge "$started" ] || exit 0
done
echo $(($(date +%s) - started)) > "$2"
