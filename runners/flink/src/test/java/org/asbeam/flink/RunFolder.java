package org.asbeam.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a run in a folder that a test sees as files: a backup folder, or the folder that a
 * server keeps a bucket in.
 */
final class RunFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  RunFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What a receipt says of the attempt that counts.
   *
   * @param attempt names it, in a backup
   * @param again whether an attempt before it may have written records, in a restore
   */
  record Receipt(String attempt, boolean again) {}

  /** The receipts of the run in the folder, by slice. */
  Map<Integer, Receipt> receipts() throws IOException {
    Map<Integer, Receipt> receipts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve(".asbeam"))) {
      for (Path file : files.filter(RunFolder::isReceipt).toList()) {
        JsonNode receipt = JSON.readTree(file.toFile());
        receipts.put(
            receipt.get("slice").asInt(),
            new Receipt(receipt.path("attempt").asText(), receipt.path("again").asBoolean()));
      }
    }
    return receipts;
  }

  private static boolean isReceipt(Path file) {
    return file.toString().matches(".*/(receipts|done)/\\d+\\.json");
  }

  /** Whether the backup is finished. */
  boolean isFinished() {
    return Files.exists(folder.resolve("backup.manifest.json"));
  }

  /** The names of the backup files that the manifest names. */
  List<String> published() throws IOException {
    JsonNode manifest = JSON.readTree(folder.resolve("backup.manifest.json").toFile());
    return manifest.findValues("files").stream()
        .flatMap(files -> files.findValuesAsText("name").stream())
        .sorted()
        .toList();
  }

  /** How many records the finished backup has. */
  long records() throws IOException {
    return JSON.readTree(folder.resolve("backup.manifest.json").toFile()).get("records").asLong();
  }

  /** The names of the backup files that are there. */
  List<String> backupFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".asb"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
