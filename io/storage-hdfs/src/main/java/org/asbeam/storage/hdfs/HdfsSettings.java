package org.asbeam.storage.hdfs;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
    Patience requests =
        reader.requests(
            MAX_ATTEMPTS, BACKOFF, MAX_BACKOFF, "", reader.requestTimeout(REQUEST_TIMEOUT));
    try {
      reader.finish();
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Kind.OTHER, location.toString(), e.getMessage(), null);
    }
    return new HdfsSettings(
        files,
        settings.get(USER),
        requests,
        new Patience(
            Patience.OF_READING.attempts(),
            requests.firstPause(),
            requests.longestPause(),
            requests.multiplier(),
            requests.limit()));
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
