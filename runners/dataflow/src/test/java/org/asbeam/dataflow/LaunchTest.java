package org.asbeam.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with the options of a launch, or in its way, is told a line each. */
class LaunchTest {
  @FunctionalInterface
  private interface Main {
    void run(String[] arguments) throws LaunchException;
  }

  private static List<String> lines(Main main, String... arguments) {
    LaunchException refused =
        catchThrowableOfType(LaunchException.class, () -> main.run(arguments));
    assertThat(refused).as("must be refused").isNotNull();
    StringWriter printed = new StringWriter();
    refused.printStackTrace(new PrintWriter(printed, true));
    assertThat(printed.toString().strip()).isEqualTo(refused.getMessage());
    return refused.getMessage().lines().toList();
  }

  private static List<String> backup(String... arguments) {
    return lines(BackupMain::main, arguments);
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThat(
            backup(
                "--region=europe-west1",
                "--runner=DirectRunner",
                "--streaming",
                "--namespace=no space",
                "--fileLimit=much",
                "--compressionLevel=1",
                "--parallel=3",
                "--numWorkers=2",
                "--logFile=/tmp/log",
                "--tlsName=db"))
        .containsExactlyInAnyOrder(
            "--streaming is for jobs without an end, and this one has one - leave it out",
            "--runner=DirectRunner: this jar is for Dataflow - leave it out",
            "--logFile is about the command's own log, and Dataflow keeps that of its workers - use"
                + " --defaultWorkerLogLevel",
            "--host is required, since 127.0.0.1 is the worker itself - add --host"
                + " HOST[:TLS-NAME][:PORT],...",
            "--parallel=3 and workers with 1 thread contradict each other: 2 of them work on 2"
                + " slices at once - leave one out",
            "--fileLimit 'much' is not a size: a number of bytes, or one with a unit such as 64KiB,"
                + " 250MiB, 1GiB, 5MB",
            "--namespace 'no space' is no namespace's name: up to 31 characters, no blank and none"
                + " of , ; : / =",
            "--directory is required - add --directory DIR",
            "--compressionLevel has no effect without --compress ZSTD - add that",
            "--tlsName has no effect without --tlsEnable - add that");
  }

  @Test
  void anOptionThatNobodyKnowsIsNamedWithoutClasses() {
    assertThat(backup("--namespce=test"))
        .containsExactly("--namespce is no option of this job. Did you mean 'namespace'?");
    assertThat(lines(VerifyMain::main, "--saPort=many")).hasSize(1);
  }

  @Test
  void aSecretItselfIsRefusedAndNotShown() {
    List<String> lines =
        backup(
            "--namespace=test",
            "--host=db",
            "--directory=gs://b/d",
            "--password=hunter2",
            "--tlsEnable=true",
            "--tlsCafile=b64:aHVudGVyMg==");
    assertThat(lines).hasSize(2).allMatch(line -> line.contains("must not be the secret itself"));
    assertThat(String.join("", lines)).doesNotContain("hunter2", "aHVudGVyMg");
  }

  @Test
  void foldersOfOneMachineAreRefused() {
    for (String place : List.of("/backups/monday", "backups", "file:///backups", "C:\\backups")) {
      assertThat(backup("--namespace=test", "--host=db", "--directory=" + place))
          .containsExactly(
              "'"
                  + place
                  + "' is on no store that all workers share - give a URI, such as"
                  + " gs://BUCKET/DIR");
    }
    assertThat(
            backup(
                "--namespace=test",
                "--host=db",
                "--directory=gs://b/d",
                "--modifiedAfterBackup=/backups/sunday"))
        .hasSize(1);
    assertThat(
            lines(
                RestoreMain::main,
                "--namespace=test",
                "--host=db",
                "--parentDirectory=/backups",
                "--directoryList=a,b",
                "--stateDirectory=/state"))
        .hasSize(3);
    assertThat(lines(VerifyMain::main, "--inputFile=-")).hasSize(1);
  }

  /** Of a store that doesn't answer, and of a service that refuses. */
  @Test
  void aFailureOfTheLaunchIsOneLine() {
    assertThat(
            backup(
                "--namespace=test",
                "--host=db",
                "--region=europe-west1",
                "--directory=gs://b/d",
                "--gcpRetryMaxAttempts=1",
                "--gcpRequestTimeout=2s",
                // Nobody listens there.
                "--gcpEndpointOverride=http://127.0.0.1:1"))
        .singleElement()
        .asString()
        .startsWith("gs://b/d");
  }
}
