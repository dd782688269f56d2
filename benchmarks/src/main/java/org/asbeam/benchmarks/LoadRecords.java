package org.asbeam.benchmarks;

import com.aerospike.client.Key;
import com.aerospike.client.Value;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.asbeam.aerospike.BatchWriter;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.format.RecordView;

/**
 * Writes synthetic records to a cluster, with their user keys; the same ones every time.
 *
 * <pre>
 * load [--host HOST:PORT,...] --namespace NAME [--set bench] [--records 1000000]
 *      [--shape record|small|collections] [--seed 1]
 * </pre>
 */
public final class LoadRecords {
  private static final int BATCH_SIZE = 256;
  private static final int BATCHES = 8;
  private static final long BYTES_IN_FLIGHT = 32L << 20;

  private LoadRecords() {}

  public static void main(String[] args) throws Exception {
    Flags flags = Flags.of(args);
    String host = flags.text("host", "127.0.0.1");
    String namespace = flags.text("namespace", "");
    String set = flags.text("set", "bench");
    long records = flags.number("records", 1_000_000);
    RowShape shape = RowShape.parse(flags.text("shape", "record"));
    long seed = flags.number("seed", 1);
    flags.requireAllUsed();
    long start = System.nanoTime();
    long written = load(ConnectionSpec.of(host), namespace, set, records, shape, seed);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%,d records of namespace %s, set %s, in %.1f s: %,.0f records/s%n",
        written,
        namespace,
        set,
        seconds,
        written / seconds);
  }

  /** Writes the records; returns how many the cluster took. */
  static long load(
      ConnectionSpec connection,
      String namespace,
      String set,
      long records,
      RowShape shape,
      long seed)
      throws Exception {
    WriteSpec spec =
        WriteSpec.of(namespace)
            .withExists(WriteSpec.Exists.REPLACE)
            .withCheckGeneration(false)
            .withBatches(BATCH_SIZE, BATCHES, BYTES_IN_FLIGHT);
    try (ClusterClient client = ClusterClients.acquire(connection);
        BatchWriter writer = new BatchWriter(client, spec, () -> false)) {
      RowMaker maker = new RowMaker(seed, shape, set);
      RecordView view = new RecordView();
      for (long number = 0; number < records; number++) {
        String key = new String(maker.keyOf(number), StandardCharsets.US_ASCII);
        byte[] digest = Key.computeDigest(set, Value.get(key));
        writer.write(maker.numbered(number, digest).view(view));
      }
      writer.flush();
      return writer.counts().inserted();
    }
  }
}
