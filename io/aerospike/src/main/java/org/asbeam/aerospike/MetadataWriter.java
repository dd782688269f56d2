package org.asbeam.aerospike;

import com.aerospike.client.ResultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;

/**
 * Restores secondary indexes and UDF modules. What is there already, identical, is left alone:
 * building an index anew takes hours on a large namespace. So a restore that is done again does
 * nothing.
 */
public final class MetadataWriter {
  private final ClusterClient client;
  private final MetadataSpec spec;
  private final BooleanSupplier stop;
  private final MetadataWait wait;
  private final MetadataRetries retries;

  /**
   * @param report takes a line about what is waited for, every 30 seconds
   * @param stop ends the work between two items and while waiting
   */
  public MetadataWriter(
      ClusterClient client, MetadataSpec spec, Consumer<String> report, BooleanSupplier stop) {
    this.client = client;
    this.spec = spec;
    this.stop = stop;
    this.retries = new MetadataRetries(client, spec, stop);
    this.wait = new MetadataWait(client, spec.stallTimeout(), report, stop);
  }

  /**
   * Creates the indexes that are missing.
   *
   * @throws ClusterException of kind METADATA_CONFLICT: something else is there and may not be
   *     replaced; nothing was changed then; WRONG_NAMESPACE; NO_SUCH_NAMESPACE; UNSUPPORTED;
   *     STOPPED; TRANSIENT; RETRIES_EXHAUSTED
   */
  public MetadataOutcome writeIndexes(List<SecondaryIndex> indexes) throws IOException {
    Tally tally = new Tally();
    List<SecondaryIndex> wanted = new ArrayList<>();
    for (SecondaryIndex index : indexes) {
      checkNamespace(index);
      if (!isSelected(index)) {
        tally.leaveOut();
        continue;
      }
      SecondaryIndex mapped = spec.namespace().isEmpty() ? index : inNamespace(index);
      if (isRemainsOfExpression(mapped)) {
        tally.skip(
            "index '"
                + mapped.name()
                + "' on bin 'null' was not created: older tools write that for an index on an"
                + " expression and lose the expression; create it by hand");
      } else if (wanted.contains(mapped)) {
        // A continued backup of older tools holds its metadata twice.
        tally.count(true, true);
      } else {
        wanted.add(mapped);
      }
    }
    List<IndexChange> changes = new ArrayList<>();
    for (SecondaryIndex index : wanted) {
      changes.add(
          IndexChange.plan(
              index,
              retries.run(node -> new MetadataReader(client).secondaryIndexes(index.namespace())),
              spec.replace()));
    }
    for (IndexChange change : changes) {
      if (stop.getAsBoolean()) {
        throw new ClusterException(Kind.STOPPED, "stopped while indexes were restored");
      }
      apply(change);
      tally.count(change.isKept(), !change.drops().isEmpty());
    }
    if (spec.await()) {
      for (SecondaryIndex index : wanted) {
        wait.untilBuilt(index);
      }
    }
    return tally.outcome();
  }

  /**
   * Registers the modules that are missing.
   *
   * @throws ClusterException of kind METADATA_CONFLICT: a module of the same name has another
   *     content and may not be replaced; nothing was changed then; UNSUPPORTED; STOPPED; TRANSIENT
   */
  public MetadataOutcome writeUdfs(List<UdfModule> modules) throws IOException {
    Tally tally = new Tally();
    List<UdfModule> present = new ArrayList<>();
    for (UdfModule module : modules) {
      if (module.name().isEmpty()
          || module.name().chars().anyMatch(c -> ";:=,\n\t".indexOf(c) >= 0)) {
        throw new ClusterException(
            Kind.UNSUPPORTED,
            "the server's commands can't carry the name of UDF '" + module.name() + "'");
      }
      UdfModule old = retries.run(node -> MetadataReader.udf(client, node, module.name()));
      if (old != null && !old.equals(module) && !spec.replace()) {
        throw new ClusterException(
            Kind.METADATA_CONFLICT,
            "UDF '"
                + module.name()
                + "' is registered with another content; allow to replace metadata, or restore"
                + " without UDFs");
      }
      present.add(old);
    }
    for (int i = 0; i < modules.size(); i++) {
      if (stop.getAsBoolean()) {
        throw new ClusterException(Kind.STOPPED, "stopped while UDFs were restored");
      }
      UdfModule module = modules.get(i);
      boolean kept = module.equals(present.get(i));
      if (!kept) {
        put(module);
      }
      tally.count(kept, present.get(i) != null);
      if (spec.await()) {
        wait.untilRegistered(module);
      }
    }
    return tally.outcome();
  }

  private void apply(IndexChange change) throws IOException {
    String argument = MetadataReader.namespaceArgument(client);
    for (SecondaryIndex old : change.drops()) {
      String command = IndexInfo.deleteCommand(old, argument);
      successful(command, retries.command(command));
      wait.untilDropped(old);
    }
    if (change.isKept()) {
      return;
    }
    String command = IndexInfo.createCommand(change.index(), argument);
    String answer = retries.command(command);
    if (InfoClient.isError(answer) && InfoClient.errorCode(answer) == ResultCode.INDEX_FOUND) {
      throw new ClusterException(
          Kind.METADATA_CONFLICT,
          "index '"
              + change.index().name()
              + "' can't be created, somebody made another one meanwhile: "
              + answer.strip());
    }
    successful(command, answer);
  }

  private void successful(String command, String answer) throws ClusterException {
    InfoClient.successful(client.nodes().get(0), command, answer);
  }

  private void put(UdfModule module) throws IOException {
    String content = Base64.getEncoder().encodeToString(module.content());
    String command =
        "udf-put:filename="
            + module.name()
            + ";content="
            + content
            + ";content-len="
            + content.length()
            + ";udf-type=LUA;";
    String answer = retries.command(command);
    if (InfoClient.isError(answer)) {
      throw new ClusterException(
          Kind.UNSUPPORTED, "the cluster refused UDF '" + module.name() + "': " + reason(answer));
    }
  }

  /** A compiler's message comes as base64: {@code error=compile_error;line=1;message=...}. */
  private static String reason(String answer) {
    Map<String, String> fields = InfoText.pairs(answer, ';');
    try {
      byte[] message = Base64.getDecoder().decode(fields.getOrDefault("message", ""));
      return message.length == 0
          ? answer.strip()
          : fields.get("error") + ", " + new String(message, StandardCharsets.UTF_8).strip();
    } catch (IllegalArgumentException e) {
      return answer.strip();
    }
  }

  private boolean isSelected(SecondaryIndex index) {
    return spec.sets().isEmpty() || index.set().isEmpty() || spec.sets().contains(index.set());
  }

  private void checkNamespace(SecondaryIndex index) throws ClusterException {
    if (!spec.sourceNamespace().isEmpty() && !spec.sourceNamespace().equals(index.namespace())) {
      throw new ClusterException(
          Kind.WRONG_NAMESPACE,
          "index '"
              + index.name()
              + "' is of namespace '"
              + index.namespace()
              + "', not of '"
              + spec.sourceNamespace()
              + "'; check the namespace that is to be restored");
    }
  }

  private SecondaryIndex inNamespace(SecondaryIndex index) {
    return new SecondaryIndex(
        spec.namespace(),
        index.set(),
        index.name(),
        index.collection(),
        index.bin(),
        index.valueType(),
        index.context(),
        index.expression());
  }

  /** What asbackup and older absctl write for an index on an expression. */
  private static boolean isRemainsOfExpression(SecondaryIndex index) {
    return !index.isOnExpression() && (index.bin().isEmpty() || index.bin().equals("null"));
  }

  private static final class Tally {
    private final List<String> warnings = new ArrayList<>();
    private int created;
    private int kept;
    private int replaced;
    private int skipped;

    void count(boolean isKept, boolean wasThere) {
      if (isKept) {
        kept++;
      } else if (wasThere) {
        replaced++;
      } else {
        created++;
      }
    }

    /** Not selected: nobody needs to be warned. */
    void leaveOut() {
      skipped++;
    }

    void skip(String warning) {
      skipped++;
      warnings.add(warning);
    }

    MetadataOutcome outcome() {
      return new MetadataOutcome(created, kept, replaced, skipped, warnings);
    }
  }
}
