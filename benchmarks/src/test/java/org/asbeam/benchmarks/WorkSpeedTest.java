package org.asbeam.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.asbeam.storage.Compression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkSpeedTest {
  @TempDir Path directory;

  @Test
  void everythingThatIsWrittenIsRead() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WorkSpeed speed =
        new WorkSpeed(
            RowShape.RECORD, 5000, directory, new PrintStream(out, true, StandardCharsets.UTF_8));

    // It throws when a record is lost on the way.
    speed.round(2, Compression.NONE);
    speed.round(1, Compression.zstd(1));

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(8)
        .anyMatch(line -> line.startsWith("backup, null x2"))
        .anyMatch(line -> line.startsWith("restore, null x1 zstd:1"));
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void unknownFlagsAreRefused() {
    assertThatThrownBy(() -> WorkSpeed.main(new String[] {"--recods", "5"}))
        .hasMessageContaining("--recods");
    assertThatThrownBy(() -> WorkSpeed.main(new String[] {"--records"}))
        .hasMessageContaining("--records");
  }
}
