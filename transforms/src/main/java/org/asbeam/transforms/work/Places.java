package org.asbeam.transforms.work;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names places so that they mean the same to every process. */
public final class Places {
  private Places() {}

  /** Specification of a backup for workers elsewhere, whose working folder is another one. */
  public static BackupSpec absolute(BackupSpec spec) {
    return spec.withOutput(spec.output().withDirectory(absolute(spec.directory())));
  }

  /** The same of a restore. */
  public static RestoreSpec absolute(RestoreSpec spec) {
    return spec.withInput(absolute(spec.input()))
        .withRejects(spec.rejects().withDirectory(absolute(spec.rejects().directory())))
        .withStateDirectory(absolute(spec.stateDirectory()));
  }

  /** The same of a verification. */
  public static VerifySpec absolute(VerifySpec spec) {
    return spec.withInput(absolute(spec.input()))
        .withStateDirectory(absolute(spec.stateDirectory()));
  }

  private static RestoreInput absolute(RestoreInput input) {
    return input.isStream()
        ? input
        : input
            .withDirectories(input.directories().stream().map(Places::absolute).toList())
            .withFile(absolute(input.file()));
  }

  private static String absolute(String place) {
    if (place.isEmpty() || place.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return place;
    }
    try {
      return Path.of(place).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      return place; // Whoever opens it says what is wrong.
    }
  }
}
