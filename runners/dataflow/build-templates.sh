#!/usr/bin/env bash
#
# Builds the Flex Templates for backup, restore and verify: one container image each in Artifact
# Registry, and the template's specification in a bucket. Wants gcloud, logged in, and the jar:
#
#   mvn -q -pl runners/dataflow -am -DskipTests package

set -euo pipefail

usage() {
  cat <<'END'
Usage: build-templates.sh --project PROJECT --bucket BUCKET --repository REPOSITORY --region REGION
                          [--version VERSION] [--print-only] [backup|restore|verify ...]

  --project     project of the repository and the bucket
  --bucket      bucket for gs://BUCKET/templates/asbeam-backup.json and the like
  --repository  Docker repository in Artifact Registry, in the region and project
  --region      region of the repository
  --version     tag of the images; default: latest
  --print-only  only prints the specifications; nothing is built or uploaded

Without names all three are built.
END
}

fail() {
  echo "build-templates.sh: $1" >&2
  exit 2
}

main_class() {
  case $1 in
    backup) echo org.asbeam.dataflow.BackupMain ;;
    restore) echo org.asbeam.dataflow.RestoreMain ;;
    verify) echo org.asbeam.dataflow.VerifyMain ;;
  esac
}

here=$(cd "$(dirname "$0")" && pwd)
jar=$here/target/asbeam-dataflow.jar
project='' bucket='' repository='' region='' version=latest
print_only=()
names=()

while (($#)); do
  case $1 in
    --project | --bucket | --repository | --region | --version)
      (($# > 1)) || fail "$1 needs a value"
      printf -v "${1#--}" %s "$2"
      shift
      ;;
    --print-only) print_only=(--print-only) ;;
    --help)
      usage
      exit 0
      ;;
    backup | restore | verify) names+=("$1") ;;
    *) fail "unknown: $1 - see --help" ;;
  esac
  shift
done
for needed in project bucket repository region; do
  [[ -n ${!needed} ]] || fail "--$needed is required - see --help"
done
[[ -f $jar ]] || fail "there is no $jar - build it: mvn -q -pl runners/dataflow -am -DskipTests package"
((${#names[@]})) || names=(backup restore verify)

for name in "${names[@]}"; do
  gcloud dataflow flex-template build "gs://$bucket/templates/asbeam-$name.json" \
    --project "$project" \
    --image-gcr-path "$region-docker.pkg.dev/$project/$repository/asbeam-$name:$version" \
    --sdk-language JAVA \
    --flex-template-base-image JAVA17 \
    --metadata-file "$here/src/main/template/$name-metadata.json" \
    --jar "$jar" \
    --env "FLEX_TEMPLATE_JAVA_MAIN_CLASS=$(main_class "$name")" \
    ${print_only[@]+"${print_only[@]}"}
done
