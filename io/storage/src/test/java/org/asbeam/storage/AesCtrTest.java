package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.EncryptionKey;
import org.asbeam.storage.crypto.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AesCtrTest {
  private static final BigInteger TWO_128 = BigInteger.ONE.shiftLeft(128);
  private static final EncryptionKey KEY = Keys.golden();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000000000000000000000000000",
        "ffffffffffffffffffffffffffffffff",
        "0123456789abcdefffffffffffffffff",
        "7fffffffffffffff7fffffffffffffff",
        "fffffffffffffffffffffffffffffffe",
        "0000000000000000fffffffffffffff0"
      })
  void theKeyStreamIsWhatTheLayoutSays(String hex) throws Exception {
    byte[] iv = HexFormat.of().parseHex(hex);
    for (Encryption mode : List.of(Encryption.AES128, Encryption.AES256)) {
      AesCtr cipher = AesCtr.ofNewFile(KEY, mode, iv);
      byte[] expected = keyStream(mode, iv, 40);
      assertThat(cipher.head().bytes()).isEqualTo(Arrays.copyOf(expected, 16));
      byte[] zeros = new byte[39 * 16];
      cipher.apply(zeros, 0, zeros.length, zeros, 0);
      assertThat(zeros).isEqualTo(Arrays.copyOfRange(expected, 16, expected.length));
      AesCtr again = AesCtr.of(KEY, cipher.head());
      for (int from : new int[] {0, 1, 15, 16, 17, 300, 5}) {
        byte[] part = new byte[50];
        again.seek(from);
        again.apply(part, 0, part.length, part, 0);
        assertThat(part).isEqualTo(Arrays.copyOfRange(expected, 16 + from, 16 + from + 50));
      }
    }
  }

  @Test
  void anyPiecesInPlaceOrNotGiveTheSame() {
    byte[] text = new byte[300_000];
    new Random(1).nextBytes(text);
    AesCtr cipher = AesCtr.ofNewFile(KEY, Encryption.AES256);
    byte[] whole = new byte[text.length];
    cipher.apply(text, 0, text.length, whole, 0);
    Random random = new Random(2);
    byte[] inPlace = text.clone();
    AesCtr again = AesCtr.of(KEY, cipher.head());
    for (int at = 0; at < text.length; ) {
      int n = Math.min(text.length - at, random.nextInt(70_000));
      again.apply(inPlace, at, n, inPlace, at);
      at += n;
    }
    assertThat(inPlace).isEqualTo(whole);
    again.seek(0);
    again.apply(inPlace, 0, inPlace.length, inPlace, 0);
    assertThat(inPlace).isEqualTo(text);
  }

  @Test
  void farAwayIsReachedByArithmetic() throws Exception {
    byte[] iv = HexFormat.of().parseHex("00000000000000ffffffffffffff0000");
    AesCtr cipher = AesCtr.ofNewFile(KEY, Encryption.AES256, iv);
    long far = (1L << 44) + 7;
    byte[] part = new byte[32];
    cipher.seek(far);
    cipher.apply(part, 0, part.length, part, 0);
    BigInteger start = new BigInteger(1, iv).add(BigInteger.valueOf(far / 16));
    byte[] expected = keyStream(Encryption.AES256, bytes(start), 5);
    assertThat(part).isEqualTo(Arrays.copyOfRange(expected, 16 + 7, 16 + 7 + 32));
  }

  @Test
  void noTwoFilesShareAKeyStream() throws Exception {
    MemoryStore store = new MemoryStore();
    Set<EncryptedHead> heads = new HashSet<>();
    List<byte[]> texts = Samples.texts(1, 100, 1);
    for (int i = 0; i < 50; i++) {
      // The same name again, as by an attempt that comes after one that was given up.
      WrittenFile file =
          Samples.write(store, "f", Compression.NONE, Samples.encryption(Encryption.AES128), texts);
      heads.add(file.index().head().orElseThrow());
      store.delete("f");
    }
    assertThat(heads).hasSize(50);
  }

  @Test
  void aHeadNeedsAnEncryption() {
    assertThatThrownBy(() -> new EncryptedHead(Encryption.NONE, 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** {@code E(IV), E(IV + 1), ...} by the plain block cipher and arithmetic of big numbers. */
  private static byte[] keyStream(Encryption mode, byte[] iv, int blocks) throws Exception {
    Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
    ecb.init(Cipher.ENCRYPT_MODE, KEY.aes(mode));
    List<byte[]> stream = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      stream.add(ecb.doFinal(bytes(new BigInteger(1, iv).add(BigInteger.valueOf(i)))));
    }
    return Samples.join(stream);
  }

  private static byte[] bytes(BigInteger number) {
    byte[] all = number.mod(TWO_128).add(TWO_128).toByteArray();
    return Arrays.copyOfRange(all, all.length - 16, all.length);
  }
}
