#!/usr/bin/env bash
#
# Unpacks the tarball and uses it as on the worst day: no Maven, no local repository, no checkout.
# Verifies and restores backups of other tools, and backs up what was restored.
#
#   check.sh TARBALL GOLDEN_FOLDER

set -euo pipefail

tarball=$1
golden=$(cd "$2" && pwd)
scratch=$(mktemp -d)
node=

cleanup() {
  [[ -n $node ]] && kill "$node" 2>/dev/null
  rm -rf "$scratch"
}
trap cleanup EXIT

fail() {
  echo "check of the tarball: $*" >&2
  exit 1
}

mkdir "$scratch/home" "$scratch/bin" "$scratch/unpacked" "$scratch/elsewhere"
tar xzf "$tarball" -C "$scratch/unpacked"
installed=$(echo "$scratch"/unpacked/asbeam-*)
# Any use of Maven is an error; behind a symbolic link, and from another folder.
printf '#!/bin/sh\necho "Maven was called" >&2\nexit 99\n' >"$scratch/bin/mvn"
chmod +x "$scratch/bin/mvn"
ln -s "$installed/asbeam" "$scratch/bin/asbeam"
cd "$scratch/elsewhere"

asbeam() {
  env -i HOME="$scratch/home" PATH="$scratch/bin:$PATH" ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} asbeam "$@"
}

asbeam version | grep -q '^asbeam [0-9]' || fail "no version"
ls "$installed"/lib/asbeam-*.jsa >/dev/null || fail "no class-data archive was made"
[[ -z $(asbeam version 2>&1 >/dev/null) ]] || fail "the second start says something"
set +e
asbeam verify "$scratch/nosuch" 2>/dev/null
[[ $? == 10 ]] || fail "the exit code does not come through"
set -e

for folder in absctl-plain absctl-compact c-plain c-compact go-plain go-compact; do
  if [[ -d $golden/$folder ]]; then
    asbeam verify "$golden/$folder" | grep '^asbeam-verify ok records=2041 ' || fail "$folder does not verify"
  fi
done

env -i HOME="$scratch/home" PATH="$scratch/bin:$PATH" ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} \
  "$scratch/bin/asbeam" node --port 0 --namespace bar >"$scratch/node.log" &
node=$!
for _ in $(seq 100); do
  grep -q 'listens at' "$scratch/node.log" && break
  kill -0 "$node" || fail "the node ended: $(cat "$scratch/node.log")"
  sleep 0.2
done
port=$(sed -n 's/.*listens at 127\.0\.0\.1:\([0-9]*\).*/\1/p' "$scratch/node.log")
[[ -n $port ]] || fail "the node does not say its port: $(cat "$scratch/node.log")"

asbeam restore --port "$port" --namespace bar --directory "$golden/absctl-plain" |
  grep '^asbeam-restore ok .* read=2041 ' || fail "the restore failed"
asbeam backup --port "$port" --namespace bar --directory "$scratch/backup" --compress ZSTD |
  grep '^asbeam-backup ok ' || fail "the backup failed"
asbeam verify "$scratch/backup" | grep '^asbeam-verify ok ' || fail "the backup does not verify"
[[ ! -e $scratch/home/.m2 ]] || fail "a local repository appeared"
echo "check of the tarball: ok"
