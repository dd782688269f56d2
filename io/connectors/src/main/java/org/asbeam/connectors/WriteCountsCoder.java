package org.asbeam.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.asbeam.aerospike.WriteCounts;

/** {@link WriteCounts}, number by number; the refusals in the order of their codes. */
final class WriteCountsCoder extends AtomicCoder<WriteCounts> {
  private static final long serialVersionUID = 1L;
  private static final WriteCountsCoder CODER = new WriteCountsCoder();
  private static final VarLongCoder LONG = VarLongCoder.of();
  private static final VarIntCoder INT = VarIntCoder.of();

  private WriteCountsCoder() {}

  static WriteCountsCoder of() {
    return CODER;
  }

  @Override
  public void encode(WriteCounts counts, OutputStream out) throws IOException {
    if (counts == null) {
      throw new CoderException("there are no counts to encode");
    }
    long[] numbers = {
      counts.given(),
      counts.inserted(),
      counts.fresher(),
      counts.existed(),
      counts.retriedInDoubt(),
      counts.expired(),
      counts.skipped(),
      counts.ignored(),
      counts.rejected(),
      counts.failed(),
      counts.unfinished(),
      counts.inDoubt(),
      counts.retries()
    };
    for (long number : numbers) {
      LONG.encode(number, out);
    }
    INT.encode(counts.refusals().size(), out);
    for (Map.Entry<Integer, Long> refusal : new TreeMap<>(counts.refusals()).entrySet()) {
      INT.encode(refusal.getKey(), out);
      LONG.encode(refusal.getValue(), out);
    }
  }

  @Override
  public WriteCounts decode(InputStream in) throws IOException {
    long[] numbers = new long[13];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = LONG.decode(in);
    }
    Map<Integer, Long> refusals = new TreeMap<>();
    for (int left = INT.decode(in); left > 0; left--) {
      int code = INT.decode(in);
      refusals.put(code, LONG.decode(in));
    }
    return new WriteCounts(
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        numbers[7],
        numbers[8],
        numbers[9],
        numbers[10],
        numbers[11],
        numbers[12],
        refusals);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
