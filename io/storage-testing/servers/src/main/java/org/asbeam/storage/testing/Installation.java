package org.asbeam.storage.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds installed servers. */
final class Installation {
  private static final String FOLDER = "ASBEAM_STORE_SERVERS";
  private static final String MODULES = "io/storage-testing";

  private Installation() {}

  /**
   * What starts a server: a program and its first arguments.
   *
   * @throws MissingServerException if it is not installed
   */
  static List<String> find(StoreKind kind) {
    return switch (kind) {
      case S3 -> java("s3proxy", kind);
      case GCS -> List.of(program("bin/fake-gcs-server", kind));
      case AZURE -> List.of(program("node_modules/.bin/azurite-blob", kind));
      case HDFS -> java("hdfs", kind);
    };
  }

  private static String program(String relative, StoreKind kind) {
    List<Path> candidates = new ArrayList<>();
    candidates.add(folder().resolve(relative));
    Path name = Path.of(relative).getFileName();
    for (String entry : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        candidates.add(Path.of(entry).resolve(name));
      }
    }
    for (Path candidate : candidates) {
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return candidate.toAbsolutePath().toString();
      }
    }
    throw new MissingServerException(
        "Run .ci/install-store-servers to install " + kind.server() + ".");
  }

  /** Where {@code .ci/install-store-servers} puts programs. */
  private static Path folder() {
    String set = System.getProperty(FOLDER, System.getenv().getOrDefault(FOLDER, ""));
    if (!set.isEmpty()) {
      return Path.of(set);
    }
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return base.resolve("asbeam").resolve("store-servers");
  }

  /** A JVM with the class path that the build of the named module wrote. */
  private static List<String> java(String module, StoreKind kind) {
    Path target = projectRoot(kind).resolve(MODULES).resolve(module).resolve("target");
    Path list = target.resolve("classpath");
    if (!Files.isRegularFile(list)) {
      throw notBuilt(module, kind);
    }
    String classPath;
    try {
      classPath = Files.readString(list).strip();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + list, e);
    }
    Path classes = target.resolve("classes");
    if (Files.isDirectory(classes)) {
      classPath = classes + File.pathSeparator + classPath;
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        // Short start and little memory count for more here than speed.
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath);
  }

  private static Path projectRoot(StoreKind kind) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      if (Files.isDirectory(folder.resolve(MODULES))) {
        return folder;
      }
      folder = folder.getParent();
    }
    throw new MissingServerException(
        kind.server() + " is found only from a folder of the asbeam project.");
  }

  private static MissingServerException notBuilt(String module, StoreKind kind) {
    return new MissingServerException(
        "Run mvn process-classes in "
            + MODULES
            + "/"
            + module
            + " to build "
            + kind.server()
            + ".");
  }
}
