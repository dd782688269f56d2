package org.asbeam.aerospike;

import com.aerospike.client.Key;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;

/** Builds the rows that a restore would decode. */
final class Rows {
  private final RowBuilder builder = new RowBuilder();
  private final RecordView view = new RecordView();

  /** A record without a stored key: one integer bin {@code i}, generation 5, never expiring. */
  RecordView plain(Key key, long value) {
    return row(key, "test", 5, 0, false, bins -> bin(bins, "i", value));
  }

  RecordView keyed(Key key, long value) {
    return row(key, "test", 5, 0, true, bins -> bin(bins, "i", value));
  }

  RecordView row(
      Key key,
      String namespace,
      int generation,
      long voidTime,
      boolean keyed,
      Consumer<RowBuilder> bins) {
    builder.begin(generation, voidTime);
    byte[] name = namespace.getBytes(StandardCharsets.UTF_8);
    if (name.length > 0) {
      builder.namespace(name, 0, name.length);
    }
    builder.digest(key.digest, 0);
    if (key.setName != null && !key.setName.isEmpty()) {
      byte[] set = key.setName.getBytes(StandardCharsets.UTF_8);
      builder.set(set, 0, set.length);
    }
    if (keyed) {
      byte[] text = key.userKey.toString().getBytes(StandardCharsets.UTF_8);
      builder.key(ParticleType.STRING, text, 0, text.length);
    }
    bins.accept(builder);
    return builder.view(view);
  }

  static void bin(RowBuilder bins, String name, long value) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    bins.bin(ParticleType.INTEGER, text, 0, text.length, 8);
    bins.valueLong(value);
  }
}
