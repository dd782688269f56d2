package org.asbeam.pipelines.options;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;

/**
 * Reads the form of {@code --partition-list}: items {@code BEGIN-COUNT} (a count, not an end), a
 * single partition, or the digest of a record, which means the whole partition of that record, as
 * asbackup and absctl have it. Items may follow upon each other; an overlap is an error, since a
 * person who writes a partition twice has meant something else.
 */
public final class PartitionLists {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
  private static final int DIGEST_BYTES = 20;
  private static final int LAST = Partitions.COUNT - 1;

  /** Partitions {@code begin} to {@code end}, the end not included, and the text they come from. */
  private record Item(int begin, int end, String text) {}

  private PartitionLists() {}

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException if it can't be read, or names a partition twice; the message
   *     goes on from the name of what was given
   */
  public static PartitionSet parse(String text) {
    List<Item> items = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      items.add(item(part.strip()));
    }
    Set<String> overlapping = overlapping(items);
    if (!overlapping.isEmpty()) {
      throw new IllegalArgumentException(
          "names partitions more than once: "
              + String.join(", ", overlapping)
              + " overlap - the second number of a range is a count, not an end");
    }
    PartitionSet all = PartitionSet.none();
    for (Item item : items) {
      all = all.plus(PartitionSet.range(item.begin(), item.end() - item.begin()));
    }
    return all;
  }

  private static Item item(String part) {
    Matcher range = RANGE.matcher(part);
    if (!range.matches()) {
      byte[] digest = OptionType.base64(part);
      if (digest.length != DIGEST_BYTES) {
        throw new IllegalArgumentException(
            "holds '"
                + part
                + "', which is neither BEGIN-COUNT, as 0-1000, nor a partition, 0 to "
                + LAST
                + ", nor a digest in base64");
      }
      int id = Partitions.of(digest);
      return new Item(id, id + 1, part + " (partition " + id + ")");
    }
    int begin = Integer.parseInt(range.group(1));
    int count = range.group(2) == null ? 1 : Integer.parseInt(range.group(2));
    if (begin > LAST || count < 1 || count > Partitions.COUNT - begin) {
      throw new IllegalArgumentException(
          "holds '"
              + part
              + "', which is not within the partitions 0 to "
              + LAST
              + (range.group(2) == null ? "" : " - the second number is a count, not an end"));
    }
    return new Item(begin, begin + count, part);
  }

  /** The texts of all items that share partitions with another one, in the order of partitions. */
  private static Set<String> overlapping(List<Item> items) {
    List<Item> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparingInt(Item::begin).thenComparingInt(Item::end));
    Set<String> texts = new LinkedHashSet<>();
    Item furthest = sorted.get(0);
    for (Item item : sorted.subList(1, sorted.size())) {
      if (item.begin() < furthest.end()) {
        texts.add(furthest.text());
        texts.add(item.text().equals(furthest.text()) ? item.text() + " again" : item.text());
      }
      if (item.end() > furthest.end()) {
        furthest = item;
      }
    }
    return texts;
  }
}
