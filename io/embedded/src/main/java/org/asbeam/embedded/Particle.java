package org.asbeam.embedded;

/**
 * A bin's value: a particle type and bytes in somebody's array, which nobody changes.
 *
 * @param type the particle type
 * @param source the array that holds the value
 * @param offset where the value starts
 * @param length its bytes
 */
record Particle(int type, byte[] source, int offset, int length) {
  static final int NULL = 0;
  static final int INTEGER = 1;
  static final int FLOAT = 2;
  static final int STRING = 3;
  static final int BLOB = 4;
  static final int VECTOR = 16;
  static final int BOOL = 17;
  static final int HLL = 18;
  static final int MAP = 19;
  static final int LIST = 20;
  static final int GEOJSON = 23;

  static Particle of(int type, byte[] value) {
    return new Particle(type, value, 0, value.length);
  }
}
