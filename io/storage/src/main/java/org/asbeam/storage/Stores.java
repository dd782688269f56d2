package org.asbeam.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens the store of a location: a path, a {@code file:} URI, a URI of a provider's scheme, or a
 * location of a store that this program lends.
 */
public final class Stores {
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

  private Stores() {}

  /**
   * Opens a backup folder, which need not exist.
   *
   * @param location for example {@code /backups/monday}, {@code file:///backups/monday} or {@code
   *     s3://bucket/monday}
   * @throws StoreException of kind OTHER if the location is none, or no store knows its scheme
   */
  public static Store open(String location) throws StoreException {
    return open(location, StoreAccess.DEFAULT);
  }

  /**
   * Opens a backup folder, which need not exist.
   *
   * @throws StoreException of kind OTHER if the location is none, no store knows its scheme, or the
   *     settings can't be so
   */
  public static Store open(String location, StoreAccess access) throws StoreException {
    if (location.isBlank()) {
      throw new StoreException(
          StoreException.Kind.OTHER, "''", "is no backup folder: give a path or URI", null);
    }
    Matcher scheme = SCHEME.matcher(location);
    if (!scheme.matches()) {
      return local(location, location);
    }
    String name = scheme.group(1).toLowerCase(Locale.ROOT);
    if (name.equals(LentStores.SCHEME)) {
      return LentStores.open(location);
    }
    if (name.equals("file")) {
      return file(location, uri(location));
    }
    StoreProvider lastResort = null;
    for (StoreProvider provider : providers()) {
      if (provider.handles(location)) {
        if (!provider.isLastResort()) {
          return provider.open(location, access);
        }
        lastResort = provider;
      }
    }
    if (lastResort != null) {
      return lastResort.open(location, access);
    }
    throw new StoreException(
        StoreException.Kind.OTHER,
        location,
        "no store knows the scheme '"
            + name
            + ":': add the module for it, or write ./"
            + location
            + " if it is a local folder",
        null);
  }

  /**
   * Lends a program's own stores to jobs of this process.
   *
   * @return gives the locations that {@link #open} takes, until it is closed
   */
  public static StoreLoan lend(StoreFactory factory) {
    return LentStores.lend(factory);
  }

  /** By the loader of this class: workers' threads may have another one in their context. */
  private static ServiceLoader<StoreProvider> providers() {
    return ServiceLoader.load(StoreProvider.class, StoreProvider.class.getClassLoader());
  }

  private static Store file(String location, URI uri) throws StoreException {
    String host = uri.getHost();
    if (uri.getPath() == null
        || !uri.getPath().startsWith("/")
        || uri.getQuery() != null
        || uri.getFragment() != null
        || uri.getAuthority() != null && !"localhost".equals(host)) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          location,
          "is no file URI of this machine: write file:///folder or a path",
          null);
    }
    return local(location, uri.getPath());
  }

  private static Store local(String location, String path) throws StoreException {
    try {
      return new LocalStore(Path.of(path));
    } catch (InvalidPathException e) {
      throw new StoreException(
          StoreException.Kind.OTHER, location, "is no path: " + e.getReason(), e);
    }
  }

  private static URI uri(String location) throws StoreException {
    try {
      return new URI(location);
    } catch (URISyntaxException e) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          location,
          "is no URI: " + e.getReason() + " at character " + (e.getIndex() + 1),
          e);
    }
  }
}
