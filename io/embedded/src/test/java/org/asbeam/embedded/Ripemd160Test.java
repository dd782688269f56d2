package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.aerospike.client.Key;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ripemd160Test {
  /** Test vectors of the algorithm's authors. */
  @ParameterizedTest
  @CsvSource({
    "'', 9c1185a5c5e9fc54612808977ee8f548b2258d31",
    "a, 0bdc9d2d256b3ee9daae347be6f4dc835a467ffe",
    "abc, 8eb208f7e05d987a9b044a8e98c6b087f15a0bfc",
    "message digest, 5d0689ef49d2fae572b881b123a85ffa21595f36",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + " 12a053384a9c0c88e405a06c27dcf49ada62eb2b"
  })
  void vectors(String message, String hash) {
    assertThat(HexFormat.of().formatHex(Ripemd160.hash(Bytes.utf8(message)))).isEqualTo(hash);
  }

  @Property(tries = 300)
  void digestsAreThoseOfTheClient(@ForAll String set, @ForAll @Size(max = 200) byte[] key) {
    byte[] expected = new Key("test", set, key).digest;

    assertThat(UserKey.digest(Bytes.utf8(set), UserKey.of(key))).isEqualTo(expected);
  }
}
