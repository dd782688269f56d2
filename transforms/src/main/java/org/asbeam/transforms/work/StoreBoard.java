package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;

/**
 * A board in a folder of a store. A post is the name of an empty file, so that one listing tells
 * all: with a file to be read per worker the requests would grow with the square of their number.
 *
 * <p>Every post has a new name, and the one before it stays until the next: a listing that is not
 * of one moment, and passes over both a file that comes and one that goes, still finds one of them.
 */
final class StoreBoard implements Board {
  /** What {@link #name} makes; a host's name may have all of the first part. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?<worker>[A-Za-z0-9._-]+)~(?<number>\\d{1,18})~(?<lease>\\d{1,18})~(?<slices>\\d{1,9})"
              + "~(?<records>\\d{1,18}-\\d{1,18})~(?<bytes>\\d{1,18}-\\d{1,18})");

  private final Store store;
  private final String folder;

  /** Those of this worker that may be in the store, the oldest first. */
  private final Deque<String> mine = new ArrayDeque<>();

  /** The last one that is known to be there; empty: none is. */
  private String latest = "";

  StoreBoard(Store store, String folder) {
    this.store = store;
    this.folder = folder;
  }

  @Override
  public void post(SharePost post) throws IOException {
    String before = latest;
    String name = name(post);
    mine.add(name);
    store.put(name, new byte[0]);
    latest = name;
    deleteAllBefore(before.isEmpty() ? latest : before);
  }

  @Override
  public void leave() throws IOException {
    while (!mine.isEmpty()) {
      store.delete(mine.getLast());
      mine.removeLast();
    }
  }

  @Override
  public void remove(SharePost left) {
    try {
      store.delete(name(left));
    } catch (StoreException e) {
      // Whoever sees it next tries again.
    }
  }

  @Override
  public List<SharePost> posts() throws IOException {
    List<SharePost> posts = new ArrayList<>();
    for (StoredFile file : store.list(folder)) {
      Matcher name = NAME.matcher(file.name().substring(folder.length() + 1));
      if (name.matches()) {
        posts.add(
            new SharePost(
                name.group("worker"),
                Long.parseLong(name.group("number")),
                Long.parseLong(name.group("lease")),
                Integer.parseInt(name.group("slices")),
                part(name.group("records")),
                part(name.group("bytes"))));
      }
    }
    return posts;
  }

  /** What can't be deleted now is deleted with the next ones; it misleads nobody meanwhile. */
  private void deleteAllBefore(String kept) {
    try {
      while (!mine.getFirst().equals(kept)) {
        store.delete(mine.getFirst());
        mine.removeFirst();
      }
    } catch (StoreException e) {
      // The post itself is there, and its number is higher.
    }
  }

  private String name(SharePost post) {
    return String.join(
        "~",
        folder + "/" + post.worker(),
        Long.toString(post.number()),
        Long.toString(post.leaseMillis()),
        Integer.toString(post.slices()),
        post.records().want() + "-" + post.records().claim(),
        post.bytes().want() + "-" + post.bytes().claim());
  }

  private static SharePost.Part part(String text) {
    int dash = text.indexOf('-');
    return new SharePost.Part(
        Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }
}
