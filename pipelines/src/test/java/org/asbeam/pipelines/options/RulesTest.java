package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule on a command line that breaks it and nothing else, and on one that doesn't. */
class RulesTest {
  /**
   * A command line.
   *
   * @param problem part of the one problem; empty: there is none
   */
  private record Line(Command command, String flags, String problem) {}

  private static final Set<Rules.Rule> BROKEN = new HashSet<>();

  static Stream<Line> backups() {
    return Stream.of(
            "-o f -d d | --output-file and --directory contradict",
            "-o f -F 1 | --output-file and --file-limit contradict",
            "-o f -q x | --output-file and --output-file-prefix contradict",
            "-o f --resume | --output-file and --resume contradict",
            "-o f -c x | --output-file and --continue contradict",
            "-o f --state-file-dst x | --output-file and --state-file-dst contradict",
            "-d d --resume -r | --resume and --remove-files contradict",
            "-d d -c x -r | --continue and --remove-files contradict",
            "-d d -c x --state-file-dst y | --continue and --state-file-dst contradict",
            "-d d --remove-artifacts --resume | --remove-artifacts and --resume contradict",
            "-d d --remove-artifacts -c x | --remove-artifacts and --continue contradict",
            "-D $digest -X 0 | --after-digest and --partition-list contradict",
            "-l a --rack-list 1 | --node-list and --rack-list contradict",
            "-l a -X 0 | --node-list and --partition-list contradict",
            "-l a -D $digest | --node-list and --after-digest contradict",
            "--rack-list 1 -X 0 | --rack-list and --partition-list contradict",
            "--rack-list 1 -D $digest | --rack-list and --after-digest contradict",
            "--prefer-racks 1 -l a | --prefer-racks and --node-list contradict",
            "--prefer-racks 1 --rack-list 1 | --prefer-racks and --rack-list contradict",
            "--prefer-racks 1 -X 0 |",
            "-x -B a | --no-bins and --bin-list contradict",
            "-a 2h --modified-after-backup d | --modified-after and --modified-after-backup",
            "-a 2026-01-02 -b 2026-01-02 | --modified-before (",
            "-a 2026-01-02 -b 2026-01-01 | no record is between them",
            "-a 2026-01-01 -b 2026-01-02 |",
            "-R -I --no-udfs | leave nothing",
            "-R -I |",
            "-e -d d | --estimate and --directory contradict",
            "-e -o f | --estimate and --output-file contradict",
            "-e --remove-artifacts | --estimate and --remove-artifacts contradict",
            "-e --resume | --estimate and --resume contradict",
            "-e -c x | --estimate and --continue contradict",
            "-e --state-file-dst x | --estimate and --state-file-dst contradict",
            "--runner flink | --runner flink needs a cluster",
            "--runner flink --flink-master h:1 --detached |",
            "--runner flink-local |",
            "--flink-master h:1 | --flink-master has no effect without --runner flink",
            "--runner flink-local --detached | --detached has no effect without --runner flink",
            "--runner flink-local -o f | --runner and --output-file contradict",
            "--runner flink-local -e | --runner and --estimate contradict",
            "--runner flink-local -d d --remove-artifacts | --runner and --remove-artifacts",
            "-e -s a -a 2h -X 0 -f kwEBAQ== --estimate-samples 5 |",
            "--estimate-samples 5 | --estimate-samples has no effect without --estimate",
            "--compression-level 3 | --compression-level has no effect without --compress ZSTD",
            "--compression-level 3 -z zstd |",
            "--encrypt aes128 | --encrypt needs a key",
            "--encrypt aes128 --encryption-key-file k |",
            "--encrypt none --encryption-key-file k | no effect without --encrypt AES128",
            "--encrypt none |",
            "--encrypt aes256 --encryption-key-file k --encryption-key-env K | both name a key",
            "--sa-port 1 | --sa-port has no effect without --sa-address",
            "--sa-connection-type tcp | --sa-connection-type has no effect without --sa-address",
            "--sa-timeout 1 | --sa-timeout has no effect without --sa-address",
            "--sa-cafile f | --sa-cafile has no effect without --sa-address",
            "--sa-ca-file f | --sa-ca-file has no effect without --sa-address",
            "--sa-is-base64 | --sa-is-base64 has no effect without --sa-address",
            "--sa-address a --sa-tls-name n | --sa-tls-name has no effect without --sa-cafile",
            "$agent --sa-cert-file c --sa-key-file k |",
            "--sa-address a --sa-cert-file c --sa-key-file k | --sa-cert-file has no effect without"
                + " --sa-cafile",
            "$agent --sa-cert-file c | --sa-cert-file has no effect without --sa-key-file",
            "$agent --sa-key-file k | --sa-key-file has no effect without --sa-cert-file",
            "--sa-address s --sa-connection-type unix --sa-port 1 | a socket has a path only",
            "--sa-address s --sa-connection-type unix --sa-cafile f | a socket has a path only",
            "--sa-address s --sa-connection-type unix |",
            "$key-secret | --encryption-key-secret has no effect without --sa-address",
            "$key-secret --sa-address a |",
            "--tls-name n | --tls-name has no effect without --tls-enable",
            "--tls-cafile f | --tls-cafile has no effect without --tls-enable",
            "--tls-capath f | --tls-capath has no effect without --tls-enable",
            "--tls-protocols all | --tls-protocols has no effect without --tls-enable",
            "--tls-certfile c --tls-keyfile k | --tls-certfile has no effect without --tls-enable"
                + " & --tls-keyfile has no effect without --tls-enable",
            "--tls-enable --tls-certfile c | --tls-certfile has no effect without --tls-keyfile",
            "--tls-enable --tls-keyfile k | --tls-keyfile has no effect without --tls-certfile",
            "--tls-enable --tls-keyfile-password p | --tls-keyfile-password has no effect without",
            "-P p | --password has no effect without --user",
            "-U u | --user needs a password",
            "-U u -P p |",
            "--auth external -U u -P p | EXTERNAL sends the password as it is",
            "--auth external -U u -P p --tls-enable |",
            "--auth external | EXTERNAL needs a user",
            "--auth pki --tls-enable | PKI logs in by our certificate",
            "--auth pki --tls-enable --tls-certfile c --tls-keyfile k |",
            "-d d --s3-bucket-name b --gcp-bucket-name c | --s3-bucket-name and --gcp-bucket-name"
                + " contradict",
            "-d d --s3-bucket-name b --s3-region r |",
            "-d s3://b/d --s3-region r |",
            "-d gs://b/d --gcp-chunk-size 1MiB |",
            "-d az://c/d --azure-account-name a |",
            "-d d --s3-region r | --s3-region has no effect",
            "-d d --s3-region r --azure-endpoint e | --s3-region, --azure-endpoint have no effect",
            "-d s3://b/d --hdfs-user u | --hdfs-user has no effect",
            "-d d --modified-after-backup s3://b/d --s3-region r |",
            "-o s3://b/f --s3-region r |",
            "-d s3://b/d --s3-access-key-id i | no effect without --s3-secret-access-key",
            "-d s3://b/d --s3-secret-access-key i | no effect without --s3-access-key-id",
            "-d s3://b/d --s3-access-key-id i --s3-secret-access-key k |",
            "-d az://c/d --azure-client-id i | no effect without --azure-client-secret",
            "-d az://c/d --azure-client-id i --azure-client-secret s | no effect without"
                + " --azure-tenant-id",
            "-d az://c/d --azure-tenant-id t --azure-client-id i --azure-client-secret s |",
            "-d d --azure-container-name c | needs the account it is in",
            "-d d --azure-container-name c --azure-account-name a |")
        .map(text -> line(Command.BACKUP, text));
  }

  static Stream<Line> restores() {
    return Stream.of(
            "-i f -d d | --input-file and --directory contradict",
            "--directory-list a,b -d d | --directory-list and --directory contradict",
            "--directory-list a,b -i f | --directory-list and --input-file contradict",
            "-d d --parent-directory p | --parent-directory has no effect without",
            "--directory-list a,b --parent-directory p |",
            "-u -r | --unique and --replace contradict",
            "-u -g | --unique and --no-generation contradict",
            "-r -g |",
            "--disable-batch-writes --batch-size 5 | written one by one",
            "--encrypt aes128 | --encrypt needs the key",
            "--encryption-key-file k |",
            "--encryption-key-file k --encryption-key-env K | both name a key",
            "--on-record-error reject | REJECT needs a folder",
            "--on-record-error reject --rejects d --max-rejects 5 |",
            "--on-record-error reject --rejects d --ignore-record-error | either left out or kept",
            "--rejects d | --rejects has no effect without --on-record-error REJECT",
            "--max-rejects 5 | --max-rejects has no effect without --on-record-error REJECT",
            "--ignore-record-error |",
            "-d d --s3-bucket-name b --s3-tier bulk |",
            "--directory-list a,s3://b/c --s3-tier bulk |",
            "-d d --on-record-error reject --rejects s3://b/r --s3-region r |",
            "-d d --state-directory gs://b/r --gcp-key-path k |",
            "-i f --s3-tier bulk | --s3-tier has no effect",
            "-R -I --no-udfs | leave nothing")
        .map(text -> line(Command.RESTORE, text));
  }

  private static Line line(Command command, String text) {
    int bar = text.indexOf('|');
    String flags =
        text.substring(0, bar)
            .replace("$digest", "EjRWeJq83vEjRRI0VniavN7xI0U=")
            .replace("$agent", "--sa-address a --sa-cafile f")
            .replace("$key-secret", "--encrypt aes128 --encryption-key-secret secrets:backup:key");
    return new Line(command, flags.strip(), text.substring(bar + 1).strip());
  }

  @ParameterizedTest
  @MethodSource({"backups", "restores"})
  void aLineBreaksItsRuleAndNoOther(Line line) {
    OptionValues values = values(line);
    Rules.check(values);
    List<String> problems = problems(values);
    if (line.problem().isEmpty()) {
      assertThat(problems).isEmpty();
    } else {
      String[] expected = line.problem().split(" & ");
      assertThat(problems).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertThat(problems.get(i)).contains(expected[i]).contains(" - ").doesNotContain("\n");
      }
    }
  }

  @Test
  void everyRuleIsBrokenByALine() {
    Stream.concat(backups(), restores())
        .forEach(
            line ->
                Rules.ALL.stream()
                    .filter(rule -> rule.isFor(line.command()))
                    .filter(rule -> rule.problem().apply(values(line)) != null)
                    .forEach(BROKEN::add));
    assertThat(Rules.ALL).allSatisfy(rule -> assertThat(BROKEN).contains(rule));
  }

  @Test
  void nothingIsWrongWithNothing() {
    for (Command command : Command.values()) {
      OptionValues values = OptionValues.read(command, new OptionSources());
      Rules.check(values);
      assertThat(problems(values)).isEmpty();
    }
  }

  private static List<String> problems(OptionValues values) {
    try {
      values.check();
      return List.of();
    } catch (UsageException e) {
      return e.problems();
    }
  }

  private static OptionValues values(Line line) {
    OptionSources sources = new OptionSources().withoutRefusals();
    String[] words = line.flags().split(" ");
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      Option<?> option =
          Options.of(line.command()).stream()
              .filter(one -> one.flags().contains(word))
              .findFirst()
              .orElseThrow(() -> new AssertionError(word));
      String name = word.startsWith("--") ? word : option.flag();
      sources.flag(option, name, option.isFlag() ? "true" : words[++i]);
    }
    return OptionValues.read(line.command(), sources);
  }
}
