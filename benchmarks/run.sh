#!/usr/bin/env bash
#
# Runs a benchmark of this module; builds it first if that is needed.
#
#   benchmarks/run.sh jmh [REGEX] [JMH OPTIONS]   the codecs and blocks, by JMH
#   benchmarks/run.sh work [FLAGS]                the work of backup and restore, without cluster and Beam
#   benchmarks/run.sh load --namespace NAME ...   writes synthetic records to a cluster
#
#   BENCHMARK_JAVA_OPTS=...   options of the JVM, instead of -Xmx512m -XX:+UseSerialGC
#   BENCHMARK_BUILD=never     never build, take what is there

set -euo pipefail

home=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$home/benchmarks/target

usage() {
  sed -n 's/^#   \{0,1\}//p' "${BASH_SOURCE[0]}" | head -n 7 >&2
  exit 2
}

(($# > 0)) || usage
what=$1
shift

needs_build() {
  [[ ${BENCHMARK_BUILD:-} == never ]] && return 1
  [[ ! -s $target/classpath ]] && return 0
  [[ -n $(find "$home/pom.xml" "$home/io" "$home/transforms" "$home/pipelines" "$home/benchmarks" \
    \( -name target -o -name test \) -prune -o \
    -type f \( -name '*.java' -o -name pom.xml \) -newer "$target/classpath" -print -quit) ]]
}

if needs_build; then
  echo "building the benchmarks ..." >&2
  mvn -q -B -DskipTests -Dspotless.check.skip=true -f "$home/pom.xml" \
    -pl benchmarks -am package >&2
  # Left as it was if the class path has not changed.
  touch "$target/classpath"
fi

class_path=$target/classes:$(<"$target/classpath")
# shellcheck disable=SC2206 # A list of words.
options=(${BENCHMARK_JAVA_OPTS:--Xmx512m -XX:+UseSerialGC})

case $what in
  jmh) exec java -cp "$class_path" org.openjdk.jmh.Main -jvmArgs "${options[*]}" \
    -prof org.asbeam.benchmarks.CpuProfiler "$@" ;;
  work) exec java "${options[@]}" -cp "$class_path" org.asbeam.benchmarks.WorkSpeed "$@" ;;
  load) exec java "${options[@]}" -cp "$class_path" org.asbeam.benchmarks.LoadRecords "$@" ;;
  *) usage ;;
esac
