package org.asbeam.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;

/** {@code asbeam demo}: the whole road on an embedded cluster, with a proof at its end. */
final class DemoCommand implements Subcommand {
  private static final String SOURCE = "test";
  private static final String TARGET = "copy";

  private final Terminal terminal;
  private final Asbeam asbeam;
  private final Watch watch;

  DemoCommand(Terminal terminal, Asbeam asbeam, Watch watch) {
    this.terminal = terminal;
    this.asbeam = asbeam;
    this.watch = watch;
  }

  @Override
  public int run(OptionValues values)
      throws UsageException, WorkException, IOException, InterruptedException {
    values.check();
    String directory = values.get(Options.DEMO_DIRECTORY);
    if (directory == null) {
      directory = Files.createTempDirectory("asbeam-demo-").toString();
    }
    int records = values.get(Options.DEMO_RECORDS);
    int slots = Runtime.getRuntime().availableProcessors();
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace(SOURCE).namespace(TARGET).start()) {
      step(
          "1. An embedded Aerospike node with "
              + Quantities.count(records)
              + " records of every type");
      DemoData.fill(cluster, SOURCE, records);
      terminal.print("  listens at " + cluster.seeds());
      ConnectionSpec connection = ConnectionSpec.of(cluster.seeds());
      step("2. Backup: cluster -> Beam -> files");
      new BackupCommand(terminal, asbeam, watch)
          .run(asbeam, backup(connection, directory, slots), false);
      step("3. Verify: read every byte back");
      new VerifyCommand(terminal, asbeam, watch)
          .run(asbeam, VerifySpec.of(RestoreInput.folder(directory), slots));
      step("4. Restore: files -> Beam -> namespace " + TARGET);
      new RestoreCommand(terminal, asbeam, watch)
          .run(asbeam, restore(connection, directory, slots));
      step("5. Proof");
      prove(NamespaceComparison.of(cluster.namespace(SOURCE), cluster.namespace(TARGET)), records);
    }
    suggest(ShellText.quote(directory));
    return 0;
  }

  private void step(String title) {
    terminal.print("");
    terminal.print(title);
  }

  private static BackupSpec backup(ConnectionSpec connection, String directory, int slots) {
    return BackupSpec.of(connection, SOURCE, BackupOutput.folder(directory))
        .withSlots(slots)
        .withWaitStable(Duration.ZERO);
  }

  private static RestoreSpec restore(ConnectionSpec connection, String directory, int slots) {
    return RestoreSpec.of(connection, SOURCE, RestoreInput.folder(directory))
        .withTargetNamespace(TARGET)
        .withSlots(slots);
  }

  private void prove(NamespaceComparison comparison, long records) throws WorkException {
    if (comparison.different() > 0 || comparison.equal() != records) {
      comparison.differences().forEach(terminal::print);
      throw new WorkException(
          ErrorCode.INTERNAL,
          "the demo's copy differs from its source in " + comparison.different() + " places",
          "this is a fault of asbeam: report it with the lines above");
    }
    terminal.print(
        "  "
            + Quantities.count(comparison.equal())
            + " records, "
            + Quantities.count(comparison.bins())
            + " bins: digest, set, key, bin names, particle types, particle bytes and void time are"
            + " equal, byte for byte");
    if (comparison.late() > 0) {
      terminal.print(
          "  ("
              + Quantities.count(comparison.late())
              + " void times are a second later: a client says how long a record is to live, and a"
              + " second began on the way)");
    }
    terminal.print("  secondary indexes are equal");
    terminal.print("asbeam-demo ok records=" + comparison.equal() + " different=0");
  }

  private void suggest(String directory) {
    terminal.print("");
    terminal.print("The backup is in " + directory + ". What a person would type next:");
    for (String command :
        List.of(
            "asbeam verify " + directory,
            "asbeam node --namespace test &",
            "asbeam restore --namespace test --directory " + directory,
            "asbeam backup --namespace test --directory second-backup --compress ZSTD",
            "asbeam help backup")) {
      terminal.print("  " + command);
    }
  }
}
