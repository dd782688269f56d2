package org.asbeam.storage.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.asbeam.storage.StoreSettings;

/** Reads settings and collects what is wrong with them; what is wrong counts as not set. */
public final class SettingsReader {
  private final StoreSettings settings;
  private final List<String> problems = new ArrayList<>();

  public SettingsReader(StoreSettings settings) {
    this.settings = settings;
  }

  /** Notes a problem, half a sentence with the setting's name. */
  public void problem(String what) {
    problems.add(what);
  }

  /**
   * @throws IllegalArgumentException naming all problems
   */
  public void finish() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** A whole number within bounds. */
  public int number(String name, int otherwise, int least, int most) {
    long number = orElse(() -> settings.number(name, otherwise), (long) otherwise);
    if (number < least || number > most) {
      problem(name + " " + number + " is not from " + least + " to " + most);
      return otherwise;
    }
    return (int) number;
  }

  /** A number of 1 or more. */
  public double multiplier(String name, double otherwise) {
    double multiplier = orElse(() -> settings.decimal(name, otherwise), otherwise);
    if (!(multiplier >= 1) || Double.isInfinite(multiplier)) {
      problem(name + " " + multiplier + " is not 1 or more");
      return otherwise;
    }
    return multiplier;
  }

  /** A time of a millisecond or more. */
  public Duration time(String name, Duration otherwise) {
    return time(name, otherwise, Duration.ofMillis(1));
  }

  /** A time, or none. */
  public Duration pause(String name, Duration otherwise) {
    return time(name, otherwise, Duration.ZERO);
  }

  private Duration time(String name, Duration otherwise, Duration least) {
    Duration time = orElse(() -> settings.time(name, otherwise), otherwise);
    // SDKs take milliseconds in an int.
    if (time.compareTo(least) < 0 || time.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
      problem(name + " " + time + " is not from " + least + " to 24 days");
      return otherwise;
    }
    return time;
  }

  /** A switch. */
  public boolean flag(String name, boolean otherwise) {
    String flag = settings.get(name, String.valueOf(otherwise)).toLowerCase(Locale.ROOT);
    if (!flag.equals("true") && !flag.equals("false")) {
      problem(name + " '" + flag + "' is neither true nor false");
    }
    return flag.equals("true");
  }

  /** The address of a server of HTTP, with a path if need be. */
  public Optional<URI> endpoint(String name) {
    String text = settings.get(name, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // As for all others that are no endpoint.
    }
    // Not repeated: there may be credentials in it.
    problem(name + " is no endpoint: write https://HOST or http://HOST:PORT");
    return Optional.empty();
  }

  /**
   * One of some words, in letters of any case.
   *
   * @return the word as it is written here; empty: it is not set
   */
  public String choice(String name, List<String> words) {
    String text = settings.get(name, "");
    Optional<String> word = words.stream().filter(text::equalsIgnoreCase).findFirst();
    if (!text.isEmpty() && word.isEmpty()) {
      problem(name + " '" + text + "' is none of " + String.join(", ", words));
    }
    return word.orElse("");
  }

  /**
   * How patient to be with requests; the names are those of the settings.
   *
   * @param multiplier empty: there is no such setting
   * @param limit for one attempt
   */
  public Patience requests(
      String attempts, String firstPause, String longestPause, String multiplier, Duration limit) {
    Patience usual = Patience.OF_REQUESTS;
    return new Patience(
        number(attempts, usual.attempts(), 1, Integer.MAX_VALUE),
        pause(firstPause, usual.firstPause()),
        pause(longestPause, usual.longestPause()),
        multiplier.isEmpty() ? usual.multiplier() : multiplier(multiplier, usual.multiplier()),
        limit);
  }

  /**
   * How patient to be with bodies that break off, by {@code <store>-retry-read-max-attempts},
   * {@code -backoff} and {@code -multiplier}.
   *
   * @param requests gives the longest pause and the limit
   */
  public Patience reading(String store, Patience requests) {
    Patience usual = Patience.OF_READING;
    String start = store + "-retry-read-";
    return new Patience(
        number(start + "max-attempts", usual.attempts(), 1, Integer.MAX_VALUE),
        pause(start + "backoff", usual.firstPause()),
        requests.longestPause(),
        multiplier(start + "multiplier", usual.multiplier()),
        requests.limit());
  }

  /** How long one request may take. */
  public Duration requestTimeout(String name) {
    return time(name, Patience.OF_REQUESTS.limit());
  }

  private <T> T orElse(Supplier<T> setting, T otherwise) {
    try {
      return setting.get();
    } catch (IllegalArgumentException e) {
      problem(e.getMessage());
      return otherwise;
    }
  }
}
