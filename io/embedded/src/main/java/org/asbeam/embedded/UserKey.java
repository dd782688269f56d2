package org.asbeam.embedded;

/** User keys in the form of the wire: one byte of particle type, then the value. */
final class UserKey {
  private UserKey() {}

  static byte[] of(Object key) {
    if (key instanceof Long || key instanceof Integer) {
      return typed(Particle.INTEGER, Bytes.ofLong(((Number) key).longValue()));
    } else if (key instanceof Double number) {
      return typed(Particle.FLOAT, Bytes.ofLong(Double.doubleToRawLongBits(number)));
    } else if (key instanceof String text) {
      return typed(Particle.STRING, Bytes.utf8(text));
    } else if (key instanceof byte[] blob) {
      return typed(Particle.BLOB, blob);
    }
    throw new IllegalArgumentException(
        "a user key is a Long, Integer, Double, String or byte[], not "
            + (key == null ? "null" : key.getClass().getName()));
  }

  static byte[] typed(int type, byte[] value) {
    byte[] key = new byte[1 + value.length];
    key[0] = (byte) type;
    System.arraycopy(value, 0, key, 1, value.length);
    return key;
  }

  /** RIPEMD-160 of set, key type and key value, without lengths between them. */
  static byte[] digest(byte[] set, byte[] key) {
    byte[] message = new byte[set.length + key.length];
    System.arraycopy(set, 0, message, 0, set.length);
    System.arraycopy(key, 0, message, set.length, key.length);
    return Ripemd160.hash(message);
  }
}
