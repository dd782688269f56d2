package org.asbeam.storage.azure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asbeam.storage.StoreException;

/**
 * Where a folder is, as its location says it. Locations are taken literally: nothing in them is
 * decoded.
 *
 * @param text the location, without slashes at its end
 * @param account empty: it does not say
 * @param host of the account's Blob service; empty: it does not say
 * @param container is never empty
 * @param path of the folder in the container, without slashes at its ends; may be empty
 */
record AzureLocation(String text, String account, String host, String container, String path) {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z]+)://(.*)", Pattern.DOTALL);

  /** An account's host: that of its Blob service, or of its Data Lake service, which is another. */
  private static final Pattern HOST =
      Pattern.compile("([a-z0-9-]+)\\.(blob|dfs)(\\.core\\.[a-z0-9.-]+)(:[0-9]+)?");

  private static final Pattern CONTAINER = Pattern.compile("[$]?[a-z0-9](-?[a-z0-9]){2,62}");
  private static final Pattern SIGNATURE = Pattern.compile("[?&]sig=");

  /** Whether a location is in Azure. */
  static boolean isOne(String location) {
    Matcher scheme = SCHEME.matcher(location);
    if (!scheme.matches()) {
      return false;
    }
    return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
      case "azfs", "az", "azblob", "wasb", "wasbs", "abfs", "abfss" -> true;
      case "https" -> HOST.matcher(before(scheme.group(2), '/').toLowerCase(Locale.ROOT)).matches();
      default -> false;
    };
  }

  /**
   * @throws StoreException of kind OTHER if it is no folder in a container
   */
  static AzureLocation parse(String location) throws StoreException {
    Matcher scheme = SCHEME.matcher(location);
    if (!scheme.matches()) {
      throw wrong(location, "is no location in Azure: write azfs://ACCOUNT/CONTAINER/FOLDER");
    }
    String name = scheme.group(1).toLowerCase(Locale.ROOT);
    boolean url = name.equals("https");
    if (url && location.indexOf('?') >= 0 || SIGNATURE.matcher(location).find()) {
      throw wrong(
          before(location, '?'),
          "has a query after it: give the location without it, and a shared access signature as a"
              + " reference by azure-sas-token");
    }
    String rest = scheme.group(2);
    return switch (name) {
      case "az", "azblob" -> of(location, name + "://CONTAINER/FOLDER", "", "", rest);
      case "azfs" -> {
        String account = before(rest, '/');
        if (account.isEmpty()) {
          throw wrong(location, "names no account: write azfs://ACCOUNT/CONTAINER/FOLDER");
        }
        yield of(location, "azfs://ACCOUNT/CONTAINER/FOLDER", account, "", after(rest, '/'));
      }
      case "https" -> {
        Matcher host = host(location, before(rest, '/'), "https://ACCOUNT.blob.core.windows.net");
        yield of(
            location,
            "https://ACCOUNT.blob.core.windows.net/CONTAINER/FOLDER",
            host.group(1),
            blobHost(host),
            after(rest, '/'));
      }
      default -> {
        String service = name.startsWith("wasb") ? "blob" : "dfs";
        String form = name + "://CONTAINER@ACCOUNT." + service + ".core.windows.net/FOLDER";
        String authority = before(rest, '/');
        int at = authority.indexOf('@');
        if (at < 0) {
          throw wrong(location, "names no account: write " + form);
        }
        Matcher host = host(location, authority.substring(at + 1), form);
        yield of(
            location,
            form,
            host.group(1),
            blobHost(host),
            authority.substring(0, at) + "/" + after(rest, '/'));
      }
    };
  }

  private static Matcher host(String location, String host, String form) throws StoreException {
    Matcher matcher = HOST.matcher(host.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(location, "names no host of an account: write " + form);
    }
    return matcher;
  }

  private static String blobHost(Matcher host) {
    String port = host.group(4) == null ? "" : host.group(4);
    return host.group(1) + ".blob" + host.group(3) + port;
  }

  private static AzureLocation of(
      String location, String form, String account, String host, String inside)
      throws StoreException {
    String folder = withoutSlashes(inside);
    String container = before(folder, '/');
    if (container.isEmpty()) {
      throw wrong(location, "names no container: write " + form);
    }
    if (!CONTAINER.matcher(container).matches()) {
      throw wrong(
          location,
          "'"
              + container
              + "' can be no container: its name has 3 to 63 lower-case letters, digits and single"
              + " dashes");
    }
    String path = after(folder, '/');
    for (String part : path.isEmpty() ? List.<String>of() : List.of(path.split("/", -1))) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
        throw wrong(
            location,
            "has an empty part, or '.' or '..', in its folder: write the folder's whole name, with"
                + " single slashes");
      }
    }
    return new AzureLocation(withoutSlashes(location), account, host, container, path);
  }

  private static StoreException wrong(String location, String why) {
    return new StoreException(
        StoreException.Kind.OTHER, location.replaceAll("\\p{Cntrl}", "?"), why, null);
  }

  private static String before(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  private static String after(String text, char start) {
    int at = text.indexOf(start);
    return at < 0 ? "" : text.substring(at + 1);
  }

  private static String withoutSlashes(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  /** What keys of the folder's files begin with: empty, or ending in a slash. */
  String root() {
    return path.isEmpty() ? "" : path + "/";
  }

  /**
   * The account of this location, or of the settings.
   *
   * @throws StoreException of kind OTHER if they name different ones
   */
  Optional<String> account(Optional<String> set) throws StoreException {
    if (!account.isEmpty() && set.isPresent() && !set.get().equals(account)) {
      throw wrong(
          text, "is of account '" + account + "', but azure-account-name is '" + set.get() + "'");
    }
    return account.isEmpty() ? set : Optional.of(account);
  }
}
