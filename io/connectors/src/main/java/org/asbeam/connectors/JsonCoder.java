package org.asbeam.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.asbeam.storage.journal.Json;

/**
 * Small documents on their way through a job, slices and receipts, as the journal writes them.
 *
 * @param <T> a record that {@link Json} can write and read
 */
public final class JsonCoder<T> extends CustomCoder<T> {
  private static final long serialVersionUID = 1L;
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private final Class<T> type;

  private JsonCoder(Class<T> type) {
    this.type = type;
  }

  public static <T> JsonCoder<T> of(Class<T> type) {
    return new JsonCoder<>(type);
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    if (value == null) {
      throw new CoderException("there is no " + type.getSimpleName() + " to encode");
    }
    BYTES.encode(Json.write(value), out);
  }

  @Override
  public T decode(InputStream in) throws IOException {
    return Json.read(BYTES.decode(in), type);
  }

  @Override
  public TypeDescriptor<T> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(type);
  }

  @Override
  public List<? extends Coder<?>> getCoderArguments() {
    return List.of();
  }

  /** The members of a document are written in the order of its components, maps in theirs. */
  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    throw new NonDeterministicException(this, "maps keep the order they have");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonCoder<?> coder && type.equals(coder.type);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type);
  }
}
