package org.asbeam.format;

import java.util.Arrays;

/** The letters that bin lines give particle types. */
final class Letters {
  private static final byte[] LETTERS = new byte[256];
  private static final byte[] TYPES = new byte[256];

  static {
    Arrays.fill(TYPES, (byte) -1);
    pair('I', ParticleType.INTEGER);
    pair('D', ParticleType.DOUBLE);
    pair('Z', ParticleType.BOOL);
    pair('S', ParticleType.STRING);
    pair('G', ParticleType.GEOJSON);
    pair('B', ParticleType.BLOB);
    pair('J', ParticleType.JAVA_BLOB);
    pair('C', ParticleType.CSHARP_BLOB);
    pair('P', ParticleType.PYTHON_BLOB);
    pair('R', ParticleType.RUBY_BLOB);
    pair('H', ParticleType.PHP_BLOB);
    pair('E', ParticleType.ERLANG_BLOB);
    pair('Y', ParticleType.HLL);
    pair('M', ParticleType.MAP);
    pair('L', ParticleType.LIST);
  }

  private Letters() {}

  private static void pair(char letter, int particleType) {
    LETTERS[particleType] = (byte) letter;
    TYPES[letter] = (byte) particleType;
  }

  /** The letter of a particle type, 0 to 255; 0 if ASB has none for it. */
  static byte letter(int particleType) {
    return LETTERS[particleType];
  }

  /** The particle type that a letter names; -1 if none, as for the nil bin's {@code N}. */
  static int particleType(byte letter) {
    return TYPES[letter & 0xff];
  }
}
