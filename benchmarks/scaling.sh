#!/usr/bin/env bash
#
# How a backup's time falls with its workers, on a Flink cluster of processes of this machine whose
# node answers late. Takes some minutes. The jar and the tests of runners/flink must be
# built: mvn -T1C -DskipTests install

set -euo pipefail
cd "$(dirname "$0")/../runners/flink"
mvn -q -B dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/test-classpath
exec java -Xmx512m -cp "$PWD/target/test-classes:$PWD/target/classes:$(<target/test-classpath)" org.asbeam.flink.Scaling
