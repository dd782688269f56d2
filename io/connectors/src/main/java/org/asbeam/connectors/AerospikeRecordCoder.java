package org.asbeam.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.asbeam.format.MalformedRowException;
import org.asbeam.format.RecordView;

/** Records as the bytes of their rows, with the length in front. Deterministic. */
public final class AerospikeRecordCoder extends AtomicCoder<AerospikeRecord> {
  private static final long serialVersionUID = 1L;
  private static final AerospikeRecordCoder CODER = new AerospikeRecordCoder();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private AerospikeRecordCoder() {}

  public static AerospikeRecordCoder of() {
    return CODER;
  }

  /** Lets pipelines find the coder by the type of their elements. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(AerospikeRecord.class), CODER);
  }

  @Override
  public void encode(AerospikeRecord value, OutputStream out) throws IOException {
    if (value == null) {
      throw new CoderException("there is no record to encode");
    }
    BYTES.encode(value.row(), out);
  }

  @Override
  public AerospikeRecord decode(InputStream in) throws IOException {
    byte[] row = BYTES.decode(in);
    try {
      int end = new RecordView().wrap(row, 0, row.length).skipToEnd();
      if (end != row.length) {
        throw new CoderException("a record of " + end + " bytes in " + row.length);
      }
    } catch (MalformedRowException e) {
      throw new CoderException("the bytes are no record: " + e.getMessage(), e);
    }
    return new AerospikeRecord(row);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  @Override
  public boolean isRegisterByteSizeObserverCheap(AerospikeRecord value) {
    return true;
  }

  @Override
  protected long getEncodedElementByteSize(AerospikeRecord value) throws CoderException {
    if (value == null) {
      throw new CoderException("there is no record to encode");
    }
    return VarInt.getLength(value.row().length) + (long) value.row().length;
  }

  @Override
  public TypeDescriptor<AerospikeRecord> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(AerospikeRecord.class);
  }
}
