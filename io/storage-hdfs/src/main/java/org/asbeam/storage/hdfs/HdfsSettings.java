package org.asbeam.storage.hdfs;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.remote.Patience;
import org.asbeam.storage.remote.SettingsReader;

/**
 * The settings of {@link HdfsStoreProvider}, checked.
 *
 * @param configuration Hadoop's configuration files, later ones count more
 * @param user empty: the user of the process, or of its Kerberos login
 */
record HdfsSettings(
    List<Path> configuration, Optional<String> user, Patience patience, Patience readPatience) {
  static final String CONFIG = "hdfs-config";
  static final String USER = "hdfs-user";
  static final String REQUEST_TIMEOUT = "hdfs-request-timeout";
  static final String MAX_ATTEMPTS = "hdfs-retry-max-attempts";
  static final String BACKOFF = "hdfs-retry-backoff";
  static final String MAX_BACKOFF = "hdfs-retry-max-backoff";

  /** Patience of all remote stores, see docs/options.md. */
  static final int DEFAULT_ATTEMPTS = 100;

  static final Duration DEFAULT_BACKOFF = Duration.ofSeconds(1);
  static final Duration DEFAULT_MAX_BACKOFF = Duration.ofSeconds(90);
  static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(600);

  private static final double MULTIPLIER = 2;
  private static final int READ_ATTEMPTS = 3;
  private static final List<String> FILES = List.of("core-site.xml", "hdfs-site.xml");

  HdfsSettings {
    configuration = List.copyOf(configuration);
  }

  /**
   * @param environment where defaults come from
   * @throws StoreException of kind OTHER, naming all that can't be so
   */
  static HdfsSettings of(
      HdfsLocation location, StoreSettings settings, Map<String, String> environment)
      throws StoreException {
    SettingsReader reader = new SettingsReader(settings);
    List<Path> files = new ArrayList<>();
    for (String path : configured(settings, environment)) {
      addFiles(path.strip(), files, reader);
    }
    int attempts = reader.number(MAX_ATTEMPTS, DEFAULT_ATTEMPTS, 1, Integer.MAX_VALUE);
    Duration timeout = reader.time(REQUEST_TIMEOUT, DEFAULT_REQUEST_TIMEOUT);
    Duration backoff = reader.pause(BACKOFF, DEFAULT_BACKOFF);
    Duration maxBackoff = reader.pause(MAX_BACKOFF, DEFAULT_MAX_BACKOFF);
    try {
      reader.finish();
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Kind.OTHER, location.toString(), e.getMessage(), null);
    }
    return new HdfsSettings(
        files,
        settings.get(USER),
        new Patience(attempts, backoff, maxBackoff, MULTIPLIER, timeout),
        new Patience(READ_ATTEMPTS, backoff, maxBackoff, MULTIPLIER, timeout));
  }

  private static List<String> configured(StoreSettings settings, Map<String, String> environment) {
    Optional<String> set = settings.get(CONFIG);
    if (set.isPresent()) {
      return List.of(set.get().split(","));
    }
    String folder = environment.getOrDefault("HADOOP_CONF_DIR", "");
    // It may be named on machines that have none; who doesn't need it isn't bothered.
    return folder.isEmpty() || !Files.isDirectory(Path.of(folder)) ? List.of() : List.of(folder);
  }

  private static void addFiles(String path, List<Path> files, SettingsReader reader) {
    Path file;
    try {
      file = Path.of(path).toAbsolutePath();
    } catch (InvalidPathException e) {
      reader.problem(CONFIG + " '" + path + "' is no path");
      return;
    }
    if (!path.isEmpty() && Files.isRegularFile(file)) {
      files.add(file);
    } else if (!path.isEmpty() && Files.isDirectory(file)) {
      FILES.stream().map(file::resolve).filter(Files::isRegularFile).forEach(files::add);
    } else {
      reader.problem(CONFIG + " '" + path + "' is no file and no folder of this machine");
    }
  }
}
