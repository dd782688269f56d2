package org.asbeam.connectors;

import com.aerospike.client.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/**
 * Which types of fields hold bins, and the values of {@link BinValues} as values of such fields.
 */
final class FieldValues {
  /** The option of a string field that is GeoJSON. */
  static final String GEO_JSON = "asbeam:geojson";

  private FieldValues() {}

  static boolean isGeoJson(Schema.Field field) {
    return field.getOptions().getValueOrDefault(GEO_JSON, false);
  }

  /**
   * Checks that a field's type can hold bins.
   *
   * @throws IllegalArgumentException naming the field
   */
  static void check(Schema.Field field) {
    check(field.getName(), field.getType());
    if (isGeoJson(field) && field.getType().getTypeName() != Schema.TypeName.STRING) {
      throw new IllegalArgumentException(
          "field '" + field.getName() + "' is GeoJSON but no STRING");
    }
  }

  private static void check(String field, FieldType type) {
    switch (type.getTypeName()) {
      case BYTE, INT16, INT32, INT64, FLOAT, DOUBLE, STRING, BOOLEAN, BYTES -> {
        // Each is one particle.
      }
      case ARRAY, ITERABLE -> check(field, type.getCollectionElementType());
      case MAP -> {
        if (!isInteger(type.getMapKeyType())
            && type.getMapKeyType().getTypeName() != Schema.TypeName.STRING) {
          throw new IllegalArgumentException(
              "field '" + field + "' is a map whose keys are neither STRING nor whole numbers");
        }
        check(field, type.getMapValueType());
      }
      default ->
          throw new IllegalArgumentException(
              "field '"
                  + field
                  + "' is of type "
                  + type.getTypeName()
                  + ", which no bin is; bins are whole numbers, FLOAT, DOUBLE, STRING, BOOLEAN,"
                  + " BYTES, and ARRAY, ITERABLE and MAP of these");
    }
  }

  static boolean isInteger(FieldType type) {
    return switch (type.getTypeName()) {
      case BYTE, INT16, INT32, INT64 -> true;
      default -> false;
    };
  }

  /**
   * A value of a bin as one of a field.
   *
   * @throws RecordMismatchException if it is of another type, or out of the field's range
   */
  static Object toField(Object value, FieldType type) throws RecordMismatchException {
    if (value == null && type.getNullable()) {
      return null;
    }
    Object field =
        switch (type.getTypeName()) {
          case BYTE, INT16, INT32, INT64 -> integer(value, type);
          case FLOAT -> value instanceof Double number ? exactFloat(number) : null;
          case DOUBLE -> value instanceof Double ? value : null;
          case BOOLEAN -> value instanceof Boolean ? value : null;
          case BYTES -> value instanceof byte[] ? value : null;
          case STRING ->
              value instanceof String || value instanceof Value.GeoJSONValue
                  ? value.toString()
                  : null;
          case ARRAY, ITERABLE ->
              value instanceof List<?> list ? list(list, type.getCollectionElementType()) : null;
          case MAP -> value instanceof Map<?, ?> map ? map(map, type) : null;
          default -> null;
        };
    if (field == null) {
      throw new RecordMismatchException(
          "is " + BinValues.name(value) + ", its field wants " + type.getTypeName());
    }
    return field;
  }

  private static Object integer(Object value, FieldType type) throws RecordMismatchException {
    if (!(value instanceof Long number)) {
      return null;
    }
    Number narrow =
        switch (type.getTypeName()) {
          case BYTE -> number.byteValue();
          case INT16 -> number.shortValue();
          case INT32 -> number.intValue();
          default -> number;
        };
    if (narrow.longValue() != number) {
      throw new RecordMismatchException("is an integer that " + type.getTypeName() + " can't hold");
    }
    return narrow;
  }

  private static Float exactFloat(Double number) throws RecordMismatchException {
    if (Double.compare(number.floatValue(), number) != 0) {
      throw new RecordMismatchException("is a float that FLOAT can't hold without loss");
    }
    return number.floatValue();
  }

  private static List<Object> list(List<?> list, FieldType element) throws RecordMismatchException {
    List<Object> values = new ArrayList<>(list.size());
    for (Object value : list) {
      values.add(inside("an element", value, element));
    }
    return values;
  }

  private static Map<Object, Object> map(Map<?, ?> map, FieldType type)
      throws RecordMismatchException {
    Map<Object, Object> values = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      values.put(
          inside("a key", entry.getKey(), type.getMapKeyType()),
          inside("a value", entry.getValue(), type.getMapValueType()));
    }
    return values;
  }

  private static Object inside(String what, Object value, FieldType type)
      throws RecordMismatchException {
    try {
      return toField(value, type);
    } catch (RecordMismatchException e) {
      throw new RecordMismatchException("has " + what + " that " + e.getMessage());
    }
  }

  /** A value of a field, not null, as one of a bin. */
  static Object toBin(Object value, Schema.Field field) {
    return isGeoJson(field)
        ? new Value.GeoJSONValue((String) value)
        : toBin(value, field.getType());
  }

  private static Object toBin(Object value, FieldType type) {
    if (value == null) {
      return null;
    }
    return switch (type.getTypeName()) {
      case BYTE, INT16, INT32, INT64 -> ((Number) value).longValue();
      case FLOAT, DOUBLE -> ((Number) value).doubleValue();
      case ARRAY, ITERABLE -> {
        List<Object> list = new ArrayList<>();
        for (Object element : (Iterable<?>) value) {
          list.add(toBin(element, type.getCollectionElementType()));
        }
        yield list;
      }
      case MAP -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach(
                (key, entry) ->
                    map.put(
                        toBin(key, type.getMapKeyType()), toBin(entry, type.getMapValueType())));
        yield map;
      }
      default -> value;
    };
  }
}
