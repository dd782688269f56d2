#!/usr/bin/env bash
#
# Times whole processes against each other, in turns: A B C A B C ... Prints, for each operation and
# tool, the medians of wall seconds, of CPU seconds (user and system, of the process and its
# children) per million records, and of peak memory; and asbeam's CPU seconds divided by the peer's
# of the same round, which holds on a busy machine too.
#
#   benchmarks/compare.sh --namespace NAME [OPTIONS]
#
#   --namespace NAME       namespace to back up, and to restore over; every record stays what it is
#   --host HOST:PORT       default 127.0.0.1:3000
#   --asbackup PATH        asbackup v0.5.x; --asrestore PATH, by default beside it, restores
#   --absctl PATH          absctl
#   --asbeam PATH          default: the launcher of this checkout
#   --rounds N             default 5, after one round that does not count
#   --parallel N           default 2
#   --modes LIST           default plain,zstd: backups without and with compression of level 3
#   --no-restore           backups only
#   --scratch DIR          where backups are written; default: a new folder under ${TMPDIR:-/tmp}
#   --any-host             take a host that is not this machine
#
# Restores write over the existing records, without a check of generations, so that all of them
# are written. GNU time (/usr/bin/time) is needed.

set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
host=127.0.0.1:3000
namespace=
asbackup=
asrestore=
absctl=
asbeam=$here/../asbeam
rounds=5
parallel=2
modes=plain,zstd
restore=true
scratch=
any_host=false

fail() {
  echo "compare.sh: $*" >&2
  exit 2
}

while (($# > 0)); do
  flag=$1
  case $flag in
    --no-restore) restore=false ;;
    --any-host) any_host=true ;;
    -h | --help)
      sed -n '3,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    --namespace | --host | --asbackup | --asrestore | --absctl | --asbeam | --rounds | --parallel | --modes | --scratch)
      (($# > 1)) || fail "$flag needs a value"
      name=${flag#--}
      printf -v "${name//-/_}" '%s' "$2"
      shift
      ;;
    *) fail "unknown flag $flag; see --help" ;;
  esac
  shift
done

[[ -n $namespace ]] || fail "--namespace is missing; see --help"
[[ $rounds =~ ^[1-9][0-9]*$ ]] || fail "--rounds is no number above 0: $rounds"
case ${host%:*} in
  127.* | localhost) ;;
  *) $any_host || fail "$host is not this machine: what is measured would load it and its network; --any-host allows that" ;;
esac
[[ -x /usr/bin/time ]] || fail "GNU time is needed: install the package 'time'"
if [[ -n $asbackup && -z $asrestore ]]; then
  asrestore=$(dirname "$asbackup")/asrestore
fi
for tool in "$asbeam" ${asbackup:+"$asbackup"} ${absctl:+"$absctl"}; do
  [[ -x $tool ]] || fail "$tool can't be executed"
done
if $restore && [[ -n $asrestore && ! -x $asrestore ]]; then
  fail "$asrestore can't be executed: name it with --asrestore, or give --no-restore"
fi

made_scratch=false
if [[ -z $scratch ]]; then
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/asbeam-compare.XXXXXX")
  made_scratch=true
fi
mkdir -p "$scratch"
data=$scratch/compare-data
figures=$scratch/compare-figures
rm -rf "$data"
: >"$figures"
cleanup() {
  # Twice: a tool that was interrupted may write for a moment longer.
  rm -rf "$data" 2>/dev/null || { sleep 2 && rm -rf "$data"; }
  if $made_scratch; then rm -rf "$scratch"; fi
}
trap cleanup EXIT
# What was measured until then is told.
trap 'print_table; exit 130' INT TERM

tools=(asbeam)
[[ -n $asbackup ]] && tools+=(asbackup)
[[ -n $absctl ]] && tools+=(absctl)

# Sets 'command' to what a tool is started with.
command_of() {
  local operation=$1 tool=$2 mode=$3 folder=$4
  local address=${host%:*} port=${host##*:}
  case $tool-$operation in
    asbeam-backup)
      command=("$asbeam" backup -h "$host" -n "$namespace" -d "$folder" --parallel "$parallel")
      ;;
    asbackup-backup)
      command=("$asbackup" -h "$address" -p "$port" -n "$namespace" -d "$folder" --parallel "$parallel")
      ;;
    absctl-backup)
      command=("$absctl" backup -h "$host" -n "$namespace" -d "$folder" --parallel "$parallel")
      ;;
    asbeam-restore)
      command=("$asbeam" restore -h "$host" -n "$namespace" -d "$folder" --parallel "$parallel" --no-generation)
      ;;
    asbackup-restore)
      command=("$asrestore" -h "$address" -p "$port" -n "$namespace" -d "$folder" --parallel "$parallel" --no-generation)
      ;;
    absctl-restore)
      command=("$absctl" restore -h "$host" -n "$namespace" -d "$folder" --parallel "$parallel" --no-generation)
      ;;
  esac
  if [[ $mode == zstd ]]; then
    if [[ $tool != asbeam || $operation == backup ]]; then
      command+=(--compress ZSTD)
    fi
    if [[ $operation == backup ]]; then command+=(--compression-level 3); fi
  fi
}

# Runs one process and writes down: operation mode tool round wall cpu kilobytes.
measure() {
  local operation=$1 mode=$2 tool=$3 round=$4 folder=$5
  local command
  command_of "$operation" "$tool" "$mode" "$folder"
  if ! /usr/bin/time -o "$scratch/compare-time" -f '%e %U %S %M' \
    "${command[@]}" >"$scratch/compare-output" 2>&1; then
    tail -n 5 "$scratch/compare-output" >&2
    fail "failed: ${command[*]}"
  fi
  local wall user system memory
  read -r wall user system memory < <(tail -n 1 "$scratch/compare-time")
  if [[ $operation-$tool == backup-asbeam ]]; then
    records=$(sed -n 's/^asbeam-backup ok .*records=\([0-9]*\).*/\1/p' "$scratch/compare-output")
    [[ -n $records && $records != 0 ]] || fail "asbeam backed up no records of namespace $namespace"
  fi
  ((round == 0)) && return
  awk -v line="$operation $mode $tool $round" -v wall="$wall" -v user="$user" -v system_="$system" \
    -v memory="$memory" 'BEGIN { print line, wall, user + system_, memory }' >>"$figures"
}

# The table of the rounds so far.
print_table() {
  echo "$records records"
  printf '%-9s %-6s %-9s %8s %12s %8s %18s\n' operation mode tool 'wall s' 'CPU s per M' 'peak MB' 'asbeam CPU / its'
  for operation in backup restore; do
    for mode in "${mode_list[@]}"; do
      for tool in "${tools[@]}"; do
        awk -v operation="$operation" -v mode="$mode" -v tool="$tool" -v records="$records" '
          function median(values, n,   i, j, swap) {
            for (i = 2; i <= n; i++)
              for (j = i; j > 1 && values[j - 1] > values[j]; j--) {
                swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap
              }
            return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
          }
          $1 == operation && $2 == mode && $3 == "asbeam" { ours[$4] = $6 }
          $1 == operation && $2 == mode && $3 == tool {
            n++; wall[n] = $5; cpu[n] = $6; memory[n] = $7; its[$4] = $6
          }
          END {
            if (n == 0) exit
            for (round in its) { m++; ratio[m] = its[round] > 0 ? ours[round] / its[round] : 0 }
            printf "%-9s %-6s %-9s %8.2f %12.2f %8.0f %18.2f\n", operation, mode, tool,
              median(wall, n), median(cpu, n) * 1e6 / records, median(memory, n) / 1024, median(ratio, m)
          }' "$figures"
      done
    done
  done
}

echo "$(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg); ${rounds} rounds; parallel $parallel; namespace $namespace of $host"
records=0
IFS=, read -ra mode_list <<<"$modes"
for ((round = 0; round <= rounds; round++)); do
  for mode in "${mode_list[@]}"; do
    [[ $mode == plain || $mode == zstd ]] || fail "--modes knows plain and zstd, not $mode"
    for tool in "${tools[@]}"; do
      rm -rf "$data/$tool"
      mkdir -p "$data"
      measure backup "$mode" "$tool" "$round" "$data/$tool"
    done
    if $restore; then
      for tool in "${tools[@]}"; do
        measure restore "$mode" "$tool" "$round" "$data/$tool"
      done
    fi
    rm -rf "$data"
  done
  if ((round > 0)); then echo "round $round of $rounds done" >&2; fi
done
print_table
