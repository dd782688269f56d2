package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the interfaces of pipeline options with the table. To write them anew: {@code mvn -pl
 * pipelines test -Dtest=PipelineOptionsSourceTest -Dasbeam.rewrite.docs=true}.
 */
class PipelineOptionsSourceTest {
  static Stream<String> names() {
    return PipelineOptionsSource.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theInterfaceIsTheTable(String name) throws IOException {
    Path file =
        Path.of("src", "main", "java", "org", "asbeam", "pipelines", "options", name + ".java");
    String source = PipelineOptionsSource.of(name);
    if (Boolean.getBoolean("asbeam.rewrite.docs")) {
      Files.writeString(file, source);
    }
    assertThat(Files.readString(file)).isEqualTo(source);
  }
}
