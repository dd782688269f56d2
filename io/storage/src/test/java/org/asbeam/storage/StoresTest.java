package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class StoresTest {
  /** Named in META-INF/services of the test tree. */
  public static final class MemoryProvider implements StoreProvider {
    @Override
    public boolean handles(String location) {
      return location.toLowerCase(Locale.ROOT).startsWith("memory:");
    }

    @Override
    public Store open(String location, StoreAccess access) {
      return new MemoryStore();
    }
  }

  @Test
  void pathsAndFileUrisAreLocal() throws Exception {
    assertThat(Stores.open("/a/b").location()).isEqualTo("/a/b");
    assertThat(Stores.open("/a/../b/").location()).isEqualTo("/b");
    assertThat(Stores.open("/a: b").location()).isEqualTo("/a: b");
    assertThat(Stores.open("rel").location()).isEqualTo(Path.of("rel").toAbsolutePath().toString());
    assertThat(Stores.open("./x:y").location())
        .isEqualTo(Path.of("x:y").toAbsolutePath().toString());
    assertThat(Stores.open("file:///a/b").location()).isEqualTo("/a/b");
    assertThat(Stores.open("file:/a/b").location()).isEqualTo("/a/b");
    assertThat(Stores.open("FILE://localhost/a%20b").location()).isEqualTo("/a b");
  }

  @Test
  void otherSchemesAreServices() throws Exception {
    assertThat(Stores.open("memory://x/y")).isInstanceOf(MemoryStore.class);
    assertThat(Stores.open("MEMORY:x")).isInstanceOf(MemoryStore.class);
  }

  @Test
  void whatIsNoLocationIsSaid() {
    for (String location :
        List.of(
            "",
            "  ",
            "s9://bucket/x",
            "backup:monday",
            "file:relative",
            "file://host/a",
            "file:///a?b=c",
            "file:///a b",
            "a\0b")) {
      assertThatThrownBy(() -> Stores.open(location))
          .as(location)
          .isInstanceOf(StoreException.class);
    }
    assertThatThrownBy(() -> Stores.open("s9://bucket/x"))
        .hasMessageStartingWith("s9://bucket/x: no store knows the scheme 's9:'");
  }
}
