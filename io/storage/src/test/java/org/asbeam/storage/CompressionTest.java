package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CompressionTest {
  @Test
  void knowsTheLibrarysLevels() {
    assertThat(Compression.MIN_LEVEL).isEqualTo(Zstd.minCompressionLevel());
    assertThat(Compression.MAX_LEVEL).isEqualTo(Zstd.maxCompressionLevel());
    assertThat(Compression.DEFAULT_LEVEL).isEqualTo(Zstd.defaultCompressionLevel());
  }

  @Test
  void readsItsText() {
    for (Compression compression :
        List.of(Compression.NONE, Compression.ZSTD, Compression.zstd(-5), Compression.zstd(22))) {
      assertThat(Compression.parse(compression.toString())).isEqualTo(compression);
    }
    assertThat(Compression.parse("ZSTD")).isEqualTo(Compression.zstd(3));
    assertThat(Compression.parse("zstd:0")).isEqualTo(Compression.zstd(3));
    assertThat(Compression.parse("None")).isEqualTo(Compression.NONE);
  }

  @Test
  void refusesWhatItDoesntKnow() {
    for (String text : List.of("", "gzip", "zstd:", "zstd:x", "none:1")) {
      assertThatThrownBy(() -> Compression.parse(text)).hasMessageContaining("'" + text + "'");
    }
    assertThatThrownBy(() -> Compression.zstd(23)).hasMessageContaining("-131072 to 22, not 23");
    assertThatThrownBy(() -> Compression.zstd(-131073)).hasMessageContaining("not -131073");
    assertThatThrownBy(() -> new Compression(Compression.Codec.NONE, 5))
        .hasMessageContaining("needs a compression");
  }

  @Test
  void travels() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(Compression.zstd(7));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(Compression.zstd(7));
    }
  }
}
