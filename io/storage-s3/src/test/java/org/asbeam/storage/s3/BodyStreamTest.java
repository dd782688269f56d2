package org.asbeam.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;

class BodyStreamTest {
  private final List<String> ends = new ArrayList<>();

  private BodyStream body(int bytes) {
    InputStream content =
        new ByteArrayInputStream(new byte[bytes]) {
          @Override
          public void close() {
            ends.add("closed");
          }
        };
    return new BodyStream(
        new ResponseInputStream<>(
            "response", AbortableInputStream.create(content, () -> ends.add("aborted"))),
        bytes);
  }

  @Test
  void whatWasReadToItsEndIsClosed() throws IOException {
    try (BodyStream body = body(100)) {
      assertThat(body.read()).isZero();
      assertThat(body.skip(9)).isEqualTo(9);
      assertThat(body.readNBytes(90)).hasSize(90);
    }
    assertThat(ends).containsExactly("closed");
  }

  @Test
  void theEndOfAnEmptyBodyIsThereAtOnce() throws IOException {
    body(0).close();
    assertThat(ends).containsExactly("closed");
  }

  @Test
  void theRestOfABodyIsNotReadForNothing() throws IOException {
    try (BodyStream body = body(100)) {
      assertThat(body.readNBytes(99)).hasSize(99);
    }
    assertThat(ends).containsExactly("aborted");
  }
}
