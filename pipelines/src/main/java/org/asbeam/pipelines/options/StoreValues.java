package org.asbeam.pipelines.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asbeam.storage.StoreSettings;

/** What the options of stores come to: settings, and locations in the bucket that was named. */
final class StoreValues {
  /** What the names of a kind's options begin with, and the schemes of its locations. */
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "s3", List.of("s3", "s3a", "s3n"),
          "gcp", List.of("gs", "gcs"),
          "azure", List.of("azfs", "az", "azblob", "wasb", "wasbs", "abfs", "abfss", "https"),
          "hdfs", List.of("hdfs", "viewfs", "webhdfs", "swebhdfs"));

  private StoreValues() {}

  /** What is given, under the options' own names; defaults are the stores' own. */
  static StoreSettings settings(OptionValues values) {
    StoreSettings settings = StoreSettings.NONE;
    for (Option<?> option : CloudOptions.ALL) {
      if (!CloudOptions.BUCKETS.contains(option) && values.isGiven(option)) {
        settings = settings.with(option.name(), values.get(option).toString());
      }
    }
    return settings;
  }

  /**
   * Where a folder or file is: in the bucket that is named, unless it is a URI itself, or a stream.
   */
  static String place(OptionValues values, String path) {
    String bucket = bucket(values);
    return bucket.isEmpty() || path.equals("-") || !scheme(path).isEmpty()
        ? path
        : bucket + path.replaceFirst("^(\\./)?/*", "");
  }

  /** Ends in a slash; empty if none is named. */
  private static String bucket(OptionValues values) {
    if (values.isOn(CloudOptions.S3_BUCKET)) {
      return "s3://" + values.get(CloudOptions.S3_BUCKET) + "/";
    }
    if (values.isOn(CloudOptions.GCP_BUCKET)) {
      return "gs://" + values.get(CloudOptions.GCP_BUCKET) + "/";
    }
    return values.isOn(CloudOptions.AZURE_CONTAINER)
        ? "az://" + values.get(CloudOptions.AZURE_CONTAINER) + "/"
        : "";
  }

  private static String scheme(String location) {
    int colon = location.indexOf(':');
    String scheme = colon < 2 ? "" : location.substring(0, colon).toLowerCase(Locale.ROOT);
    return scheme.matches("[a-z][a-z0-9+.-]+") ? scheme : "";
  }

  /** Two buckets can't both be meant. */
  static String oneBucket(OptionValues values) {
    List<Option<String>> given = CloudOptions.BUCKETS.stream().filter(values::isOn).toList();
    return given.size() < 2
        ? null
        : given.stream().map(values::nameOf).collect(Collectors.joining(" and "))
            + " contradict each other: a backup is in one store - leave all but one out";
  }

  /** A flag for a store that no location is in would be swallowed. */
  static String settingsHaveAStore(OptionValues values) {
    List<String> schemes = locations(values).map(StoreValues::scheme).toList();
    List<String> idle = new ArrayList<>();
    for (Option<?> option : CloudOptions.ALL) {
      String kind = option.name().substring(0, option.name().indexOf('-'));
      if (values.isOn(option)
          && !CloudOptions.BUCKETS.contains(option)
          && values.nameOf(option).startsWith("--")
          && schemes.stream().noneMatch(KINDS.get(kind)::contains)) {
        idle.add(values.nameOf(option));
      }
    }
    if (idle.isEmpty()) {
      return null;
    }
    return String.join(", ", idle)
        + (idle.size() == 1 ? " has" : " have")
        + " no effect: no folder or file is in that store - name it by URI or bucket, or leave "
        + (idle.size() == 1 ? "it" : "them")
        + " out";
  }

  private static Stream<String> locations(OptionValues values) {
    List<String> texts = new ArrayList<>();
    for (Option<String> option :
        List.of(
            Options.DIRECTORY,
            Options.OUTPUT_FILE,
            Options.INPUT_FILE,
            Options.PARENT_DIRECTORY,
            Options.MODIFIED_AFTER_BACKUP)) {
      texts.add(values.get(option));
    }
    texts.addAll(values.get(Options.DIRECTORY_LIST, List.of()));
    // These are where they say, whatever the bucket.
    return Stream.concat(
        texts.stream().filter(Objects::nonNull).map(text -> place(values, text)),
        Stream.of(Options.REJECTS, Options.STATE_DIRECTORY)
            .map(values::get)
            .filter(Objects::nonNull));
  }

  /** Half of a pair of credentials is none. */
  static String s3KeysAreAPair(OptionValues values) {
    return halfOf(values, CloudOptions.S3_ACCESS_KEY_ID, CloudOptions.S3_SECRET_ACCESS_KEY);
  }

  static String azureApplicationIsWhole(OptionValues values) {
    String half = halfOf(values, CloudOptions.AZURE_CLIENT_ID, CloudOptions.AZURE_CLIENT_SECRET);
    return half != null
        ? half
        : halfOf(values, CloudOptions.AZURE_TENANT, CloudOptions.AZURE_CLIENT_ID);
  }

  private static String halfOf(OptionValues values, Option<String> one, Option<String> other) {
    if (values.isOn(one) == values.isOn(other)) {
      return null;
    }
    Option<String> there = values.isOn(one) ? one : other;
    Option<String> missing = values.isOn(one) ? other : one;
    return values.nameOf(there) + " has no effect without " + missing.flag() + " - add that";
  }

  /** A container alone doesn't say whose it is. */
  static String containerHasAnAccount(OptionValues values) {
    return values.isOn(CloudOptions.AZURE_CONTAINER)
            && !values.isOn(CloudOptions.AZURE_ACCOUNT)
            && !values.isOn(CloudOptions.AZURE_ENDPOINT)
        ? values.nameOf(CloudOptions.AZURE_CONTAINER)
            + " needs the account it is in - add --azure-account-name or --azure-endpoint"
        : null;
  }
}
