package org.asbeam.connectors;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;

/** Makes rows of a schema of records, and records of such rows. Checked when it is made. */
final class RowForm implements Serializable {
  /** The server's limit for the name of a bin. */
  private static final int MOST_BIN_NAME_BYTES = 15;

  private static final long serialVersionUID = 1L;

  private final Schema schema;
  private final RowFields fields;

  /**
   * @throws IllegalArgumentException if the schema has a field that can't be what it should be
   */
  RowForm(Schema schema, RowFields fields) {
    this.schema = schema;
    this.fields = fields;
    for (String name : new String[] {fields.key(), fields.set(), fields.expiration()}) {
      if (!name.isEmpty() && !schema.hasField(name)) {
        throw new IllegalArgumentException(
            "there is no field '" + name + "' among " + schema.getFieldNames());
      }
    }
    for (Schema.Field field : schema.getFields()) {
      check(field);
    }
  }

  private void check(Schema.Field field) {
    String name = field.getName();
    Schema.TypeName type = field.getType().getTypeName();
    if (name.equals(fields.key())) {
      boolean isKey =
          FieldValues.isInteger(field.getType())
              || type == Schema.TypeName.STRING
              || type == Schema.TypeName.DOUBLE
              || type == Schema.TypeName.BYTES;
      wants(isKey, field, "a key: whole numbers, DOUBLE, STRING or BYTES");
    } else if (name.equals(fields.set())) {
      wants(type == Schema.TypeName.STRING, field, "a set: STRING");
    } else if (name.equals(fields.expiration())) {
      wants(type == Schema.TypeName.DATETIME, field, "an expiration: DATETIME");
    } else {
      FieldValues.check(field);
      int bytes = name.getBytes(StandardCharsets.UTF_8).length;
      wants(bytes <= MOST_BIN_NAME_BYTES, field, "a bin: its name has more than 15 bytes");
    }
  }

  private static void wants(boolean fine, Schema.Field field, String what) {
    if (!fine) {
      throw new IllegalArgumentException(
          "field '"
              + field.getName()
              + "' of type "
              + field.getType().getTypeName()
              + " can't be "
              + what);
    }
  }

  Schema schema() {
    return schema;
  }

  /**
   * @throws RecordMismatchException naming record and bin
   */
  Row row(AerospikeRecord record) throws RecordMismatchException {
    Map<String, Particle> bins = record.bins();
    List<Object> values = new ArrayList<>(schema.getFieldCount());
    for (Schema.Field field : schema.getFields()) {
      values.add(value(record, bins, field));
    }
    return Row.withSchema(schema).attachValues(values);
  }

  private Object value(AerospikeRecord record, Map<String, Particle> bins, Schema.Field field)
      throws RecordMismatchException {
    String name = field.getName();
    if (name.equals(fields.key())) {
      return particle(record, record.key().orElse(null), field, "the key");
    }
    if (name.equals(fields.set())) {
      return record.set().isEmpty() && field.getType().getNullable() ? null : record.set();
    }
    if (name.equals(fields.expiration())) {
      Instant expires =
          record.expiration().map(time -> Instant.ofEpochMilli(time.toEpochMilli())).orElse(null);
      return required(record, expires, field, "the expiration");
    }
    return particle(record, bins.get(name), field, "bin '" + name + "'");
  }

  private static Object particle(
      AerospikeRecord record, Particle particle, Schema.Field field, String what)
      throws RecordMismatchException {
    if (required(record, particle, field, what) == null) {
      return null;
    }
    try {
      Object value = BinValues.of(particle);
      if (FieldValues.isGeoJson(field) && value instanceof String) {
        throw new RecordMismatchException("is a string, its field wants GeoJSON");
      }
      return FieldValues.toField(value, field.getType());
    } catch (RecordMismatchException e) {
      throw new RecordMismatchException(named(record) + ": " + what + " " + e.getMessage());
    }
  }

  private static Object required(
      AerospikeRecord record, Object value, Schema.Field field, String what)
      throws RecordMismatchException {
    if (value == null && !field.getType().getNullable()) {
      throw new RecordMismatchException(
          named(record)
              + ": "
              + what
              + " is missing, and field '"
              + field.getName()
              + "' can't be null");
    }
    return value;
  }

  private static String named(AerospikeRecord record) {
    return "record "
        + HexFormat.of().formatHex(record.digest())
        + (record.set().isEmpty() ? "" : " of set '" + record.set() + "'");
  }

  /**
   * @param row one of the schema
   * @param otherSet the set of rows that name none; empty: none
   * @param timeToLive of rows that say nothing; null: they never expire
   * @throws RecordMismatchException naming the field
   */
  AerospikeRecord record(Row row, String otherSet, Duration timeToLive, Clock clock)
      throws RecordMismatchException {
    String set = otherSet;
    if (!fields.set().isEmpty() && row.getString(fields.set()) != null) {
      set = row.getString(fields.set());
    }
    Object key = row.getValue(fields.key());
    if (key == null) {
      throw new RecordMismatchException("a row of set '" + set + "' has no key");
    }
    AerospikeRecordBuilder record =
        AerospikeRecord.builder(set, particle(key, schema.getField(fields.key())));
    for (Schema.Field field : schema.getFields()) {
      Object value = row.getValue(field.getName());
      if (value != null && fields.isBin(field.getName())) {
        record.bin(field.getName(), particle(value, field));
      }
    }
    ReadableInstant expires =
        fields.expiration().isEmpty() ? null : row.getDateTime(fields.expiration());
    try {
      if (expires != null) {
        record.expiresAt(java.time.Instant.ofEpochMilli(expires.getMillis()));
      } else if (timeToLive != null) {
        record.expiresAt(clock.instant().plus(timeToLive));
      }
    } catch (IllegalArgumentException e) {
      throw new RecordMismatchException(named(record.build()) + ": " + e.getMessage());
    }
    return record.build();
  }

  private static Particle particle(Object value, Schema.Field field)
      throws RecordMismatchException {
    try {
      return BinValues.particle(FieldValues.toBin(value, field));
    } catch (RecordMismatchException e) {
      throw new RecordMismatchException("field '" + field.getName() + "' " + e.getMessage());
    }
  }
}
