#!/usr/bin/env bash
# Walks through identity with curl: sign-in, clusters over two schools, what takes access away, the employee's lease, consents,
# history. It needs a running sample:
#
#   ./progress-stream up --sample            # in another terminal; then
#   docs/walk/identity.sh                    # with --data DIR where `up` had one
#
# Each step says what it does, what was sent and what came back. It stops at the first answer that is not the expected one, and leaves
# the sample as it was, but for a class, a closed cluster and lines in the log.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=("$@")
base="$(./progress-stream status "${data[@]}" | grep -o 'https://localhost:[0-9]*' | head -n 1)"
ca="$(./progress-stream status "${data[@]}" | sed -n 's/^ca  *//p')"
[ -n "$base" ] && [ -f "$ca" ] || { echo "nothing is running: ./progress-stream up --sample" >&2; exit 1; }
answer="$(mktemp)"
trap 'rm -f "$answer"' EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$1"; }
token() { ./progress-stream token "$1" --scope "${2:-}" "${data[@]}"; }
# call EXPECTED METHOD PATH TOKEN [JSON]
call() {
  printf '  %s /identity/v1%s %s\n' "$2" "$3" "${5:-}"
  local status
  status="$(curl -sS --cacert "$ca" -o "$answer" -w '%{http_code}' -X "$2" -H "Authorization: Bearer $4" \
    ${5:+-H 'Content-Type: application/json' --data "$5"} "$base/identity/v1$3")"
  printf '  %s %s\n' "$status" "$(head -c 600 "$answer")"
  [ "$status" = "$1" ] || { echo "expected $1" >&2; exit 1; }
}
# field NAME: the first such field of the last answer
field() { grep -o "\"$1\":\"[^\"]*\"" "$answer" | head -n 1 | cut -d '"' -f 4; }

say "Sign in: an ID token of Google or Microsoft is exchanged for an access token (RFC 8693)"
exchange() {
  curl -sS --cacert "$ca" -o "$answer" -w '  %{http_code} ' "$base/identity/v1/token" \
    -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange \
    -d subject_token_type=urn:ietf:params:oauth:token-type:id_token --data-urlencode "subject_token=$1" -d "scope=${2:-}"
  sed 's/"access_token":"[^"]*"/"access_token":"…"/' "$answer"
  echo
}
exchange "$(./progress-stream token gp-teacher --id-token "${data[@]}")"
say "The same, narrowed to one permission; then with one that a teacher does not have; then with a spoilt token"
exchange "$(./progress-stream token gp-teacher --id-token "${data[@]}")" grades:read
exchange "$(./progress-stream token gp-teacher --id-token "${data[@]}")" identity:manage
exchange "nonsense"

say "What may I see, and why?"
teacher="$(token gp-teacher)"
call 200 GET /me "$teacher"
account="$(field account)"
gp_admin="$(token gp-admin)"
ms_admin="$(token ms-admin)"
call 200 GET /schools "$gp_admin"
gp="$(field id)" urn="$(field urn)"
call 200 GET /schools "$ms_admin"
ms="$(field id)"
call 200 GET /me "$gp_admin"
head_account="$(field account)"

say "A new class; another school's admin finds nothing there"
code="Walk $RANDOM"
call 201 POST "/schools/$gp/classes" "$gp_admin" "{\"code\":\"$code\",\"subject\":\"Art\",\"yearGroup\":\"10\"}"
class="$(field id)"
call 200 GET "/schools/$gp/classes/$class" "$gp_admin"
call 404 GET "/schools/$gp/classes/$class" "$ms_admin"

say "A cluster over two schools works once both admins agree"
call 200 GET "/schools/$ms/classes?limit=1" "$ms_admin"
ms_class="$(field id)"
call 201 POST /clusters "$gp_admin" \
  "{\"name\":\"Art across schools\",\"cells\":[{\"school\":\"$gp\",\"class\":\"$class\"},{\"school\":\"$ms\",\"class\":\"$ms_class\"}]}"
cluster="$(field id)"
call 200 PUT "/clusters/$cluster/accounts/$account" "$gp_admin"
call 200 GET /me "$(token gp-teacher)"
grep -q '"waitsFor":\["'"$ms"'"\]' "$answer" && echo "  … and me says for whom it waits"
call 200 POST "/clusters/$cluster/approvals" "$ms_admin"

say "Out of the cluster: the token that holds it ends everywhere within ten seconds"
both="$(token gp-teacher)"
call 204 DELETE "/clusters/$cluster/accounts/$account" "$gp_admin"
for second in 1 2 3 4 5 6 7 8 9 10; do
  status="$(curl -sS --cacert "$ca" -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $both" "$base/grades/v1/grades?limit=1")"
  echo "  after about $second s, at the grades service: $status"
  [ "$status" = 401 ] && break
  sleep 1
done
[ "$status" = 401 ]

say "Who did that? The cluster's history, for both schools"
call 200 GET "/clusters/$cluster/history?limit=3" "$ms_admin"
say "Only the school that made it closes a cluster; the class closes too"
call 409 DELETE "/clusters/$cluster" "$ms_admin"
call 204 DELETE "/clusters/$cluster" "$gp_admin"
call 204 DELETE "/schools/$gp/classes/$class" "$gp_admin"

say "A school is never without an admin, and does not leave by mistake"
call 409 DELETE "/schools/$gp/accounts/$head_account/roles/admin" "$gp_admin"
call 409 POST "/schools/$gp/departure" "$gp_admin" '{"urn":"not-ours"}'

say "A school invites somebody who belongs to another: nothing changes until they accept, and they may leave again"
call 201 POST "/schools/$ms/invitations" "$ms_admin" \
  '{"issuer":"google","domain":"gp.example","email":"teacher@gp.example","role":"data-protection"}'
invited="$(token gp-teacher)"
call 200 GET /me "$invited"
grep -q '"role":"teacher"' "$answer"
call 200 GET /me/invitations "$invited"
call 404 POST "/me/invitations/$(field id)/acceptance" "$gp_admin"
call 200 GET /me/invitations "$invited"
call 200 POST "/me/invitations/$(field id)/acceptance" "$invited"
call 409 DELETE "/me/memberships/$gp" "$gp_admin"
call 204 DELETE "/me/memberships/$ms" "$(token gp-teacher "school:$ms")"

say "Consents: for jobs that nobody starts"
call 200 PUT "/schools/$gp/consents/backup" "$gp_admin"
call 204 DELETE "/schools/$gp/consents/backup" "$gp_admin"

say "An employee holds one school at a time; the other school's token ends at once"
call 200 PUT /employee-session "$(token employee)" "{\"school\":\"$gp\",\"reason\":\"walking through\"}"
of_gp="$(token employee)"
call 200 GET /me "$of_gp"
call 200 PUT /employee-session "$of_gp" "{\"school\":\"$ms\",\"reason\":\"walking through\"}"
call 401 GET /me "$of_gp"
call 204 DELETE /employee-session "$(token employee)"

say "Onboarding staff create schools and see no data"
call 200 GET "/schools?limit=2" "$(token onboarding)"
call 404 GET "/schools/$gp/classes" "$(token onboarding)"
printf '\nEvery answer was the expected one.\n'
