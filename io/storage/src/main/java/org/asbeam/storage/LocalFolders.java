package org.asbeam.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/** Local folders: made and forced so that their entries outlive a power cut. */
final class LocalFolders {
  private LocalFolders() {}

  /** Makes a folder and those above it, durably. */
  static void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Deque<Path> missing = new ArrayDeque<>();
    for (Path path = folder; path != null && !Files.exists(path); path = path.getParent()) {
      missing.push(path);
    }
    Files.createDirectories(folder);
    for (Path made : missing) {
      if (made.getParent() != null) {
        force(made.getParent());
      }
    }
  }

  /** Makes the entries of a folder durable, where the system can. */
  static void force(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (AccessDeniedException e) {
      // A folder that may be written but not listed, and every folder on Windows.
      return;
    }
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      // Some network file systems can't sync a folder (EINVAL); they write entries at once.
      if (!message.contains("Invalid argument") && !message.contains("not supported")) {
        throw e;
      }
    }
  }
}
