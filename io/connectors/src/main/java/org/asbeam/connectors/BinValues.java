package org.asbeam.connectors;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.Value;
import com.aerospike.client.cdt.MapOrder;
import com.aerospike.client.command.Buffer;
import com.aerospike.client.util.Packer;
import com.aerospike.client.util.Unpacker;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.asbeam.format.ParticleType;

/**
 * Particles as values of Java, by the client's own library: {@code Long}, {@code Double}, {@code
 * String}, {@code Boolean}, {@code byte[]}, {@code List}, {@code Map}, and {@link
 * Value.GeoJSONValue}.
 */
final class BinValues {
  private BinValues() {}

  /**
   * @throws RecordMismatchException saying what the particle is, if it is damaged or has no such
   *     value
   */
  static Object of(Particle particle) throws RecordMismatchException {
    byte[] bytes = particle.bytes();
    try {
      return switch (particle.type()) {
        case ParticleType.INTEGER -> particle.asLong();
        case ParticleType.DOUBLE -> particle.asDouble();
        case ParticleType.BOOL -> particle.asBoolean();
        case ParticleType.STRING ->
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        case ParticleType.BLOB, ParticleType.HLL -> bytes;
        case ParticleType.LIST ->
            Unpacker.unpackObjectList(headed(bytes, 0x90, 0xdc), 0, bytes.length);
        case ParticleType.MAP ->
            Unpacker.unpackObjectMap(headed(bytes, 0x80, 0xde), 0, bytes.length);
        case ParticleType.GEOJSON -> Buffer.bytesToGeoJSON(bytes, 0, bytes.length);
        default ->
            throw new RecordMismatchException(
                "is of particle type " + particle.type() + ", which rows don't have");
      };
    } catch (CharacterCodingException e) {
      throw new RecordMismatchException("is a string that is not UTF-8");
    } catch (AerospikeException | IllegalStateException | IndexOutOfBoundsException e) {
      throw new RecordMismatchException(
          "is damaged: its "
              + bytes.length
              + " bytes are no value of particle type "
              + particle.type());
    }
  }

  /**
   * Checks that bytes start as MessagePack's lists or maps do; the client takes others for empty
   * ones.
   *
   * @param small what a small one starts with, in the upper half of the first byte
   * @param large what one of 16-bit size starts with; one of 32-bit size with the byte after that
   */
  private static byte[] headed(byte[] bytes, int small, int large) {
    int head = bytes.length == 0 ? 0 : bytes[0] & 0xff;
    if ((head & 0xf0) != small && head != large && head != large + 1) {
      throw new IllegalStateException("another head");
    }
    return bytes;
  }

  /**
   * The particle of such a value; a map's is one without order.
   *
   * @throws RecordMismatchException if a list or map holds what none can
   */
  static Particle particle(Object value) throws RecordMismatchException {
    if (value instanceof Value.GeoJSONValue geo) {
      byte[] bytes = new byte[geo.estimateSize()];
      geo.write(bytes, 0);
      return new Particle(ParticleType.GEOJSON, bytes);
    }
    try {
      if (value instanceof List<?> list) {
        return new Particle(ParticleType.LIST, Packer.pack(list));
      }
      if (value instanceof Map<?, ?> map) {
        return new Particle(ParticleType.MAP, Packer.pack(map, MapOrder.UNORDERED));
      }
    } catch (AerospikeException e) {
      throw new RecordMismatchException("is " + name(value) + " that can't be packed");
    }
    if (value instanceof Long number) {
      return Particle.of(number);
    }
    if (value instanceof Double number) {
      return Particle.of(number);
    }
    if (value instanceof String text) {
      return Particle.of(text);
    }
    if (value instanceof Boolean truth) {
      return Particle.of(truth);
    }
    if (value instanceof byte[] blob) {
      return Particle.of(blob);
    }
    throw new RecordMismatchException("is " + name(value));
  }

  /** What a value is, for people. */
  static String name(Object value) {
    if (value == null) {
      return "nil";
    } else if (value instanceof Long) {
      return "an integer";
    } else if (value instanceof Double) {
      return "a float";
    } else if (value instanceof String) {
      return "a string";
    } else if (value instanceof Boolean) {
      return "a boolean";
    } else if (value instanceof byte[] || value instanceof ByteBuffer) {
      return "bytes";
    } else if (value instanceof Collection) {
      return "a list";
    } else if (value instanceof Map) {
      return "a map";
    } else if (value instanceof Value.GeoJSONValue) {
      return "GeoJSON";
    }
    return "something else";
  }
}
