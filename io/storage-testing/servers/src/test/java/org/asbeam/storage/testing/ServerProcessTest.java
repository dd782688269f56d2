package org.asbeam.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServerProcessTest {
  @Test
  void aServerThatEndsIsTriedAgainAndThenReported() {
    List<Integer> ports = new ArrayList<>();
    assertThatThrownBy(
            () ->
                ServerProcess.start(
                    "broken",
                    Pattern.compile("ready (\\d+)"),
                    (port, folder) -> {
                      ports.add(port);
                      return new ChildProcess.Launch(
                          List.of("/bin/sh", "-c", "echo $WORDS; exit 3"),
                          Map.of("WORDS", "no luck"),
                          false);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken did not start. Its last output:\nno luck");
    assertThat(ports).hasSize(3).doesNotContain(0);
  }
}
