#!/bin/sh
# Ships an order once, however often it runs and wherever it is killed.
#   PAIDONCE_URL=http://127.0.0.1:8080 PAIDONCE_TOKEN=… agent.sh ORDER SHIPMENTS
# SHIPMENTS is a file that stands for the parcel service: a line for each parcel, with the tracking id that it was sent under.
set -eu
order=$1
shipments=$2

call() {
  curl --silent --show-error --max-time 30 -H "Authorization: Bearer $PAIDONCE_TOKEN" -H 'X-Actor: ShippingAgent/1.0.0' \
    -H 'Content-Type: application/json' --data "$2" "$PAIDONCE_URL/v1/effects/$1"
}

# Prints a member of a flat JSON object: a text, a number, or true or false.
member() {
  printf '%s' "$2" | sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"
}

crash_at() {
  [ "${CRASH:-}" != "$1" ] || kill -9 $$
}

# The key is the business effect itself: the same order always has the same key.
key="ship:$order"
fingerprint=$(printf '{"order": "%s"}' "$order" | sha256sum | cut -d ' ' -f 1)
while :; do
  answer=$(call acquire "{\"key\": \"$key\", \"fingerprint\": \"$fingerprint\", \"lease_seconds\": 2}")
  [ "$(member status "$answer")" = 409 ] || break
  sleep 0.2
done

case $(member outcome "$answer") in
  replayed)
    echo 'shipped before'
    exit 0
    ;;
  acquired | in_doubt) ;;
  *)
    member detail "$answer" >&2
    exit 1
    ;;
esac
tracking=$(member tracking_id "$answer")
epoch=$(member epoch "$answer")
# An earlier owner of the key may be gone, and may have prepared. Whether it shipped, only the parcel service knows.
if [ "$(member taken_over "$answer")" != true ] || ! grep -q "^$tracking " "$shipments" 2>/dev/null; then
  # The id is on record before anything is sent, so the next owner of the key asks the parcel service about it.
  answer=$(call prepare "{\"key\": \"$key\", \"epoch\": $epoch, \"tracking_id\": \"$tracking\"}")
  [ "$(member outcome "$answer")" = prepared ] || { member detail "$answer" >&2; exit 1; }
  crash_at prepared
  echo "$tracking $order" >>"$shipments"
fi
crash_at shipped
answer=$(call complete "{\"key\": \"$key\", \"epoch\": $epoch, \"body\": \"$tracking\"}")
[ "$(member outcome "$answer")" = accepted ] || { member detail "$answer" >&2; exit 1; }
echo shipped
