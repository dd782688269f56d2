package org.asbeam.storage;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.asbeam.storage.StoreException.Kind;

/** Tells what an error of the local file system means. */
final class LocalErrors {
  /** Less free space than this counts as none where the system's message is in another language. */
  private static final long FULL = 64 * 1024;

  private LocalErrors() {}

  /**
   * @param doing what was tried, for example "could not be written"
   */
  static StoreException of(Path path, String doing, IOException e) {
    Kind kind = kind(e);
    return new StoreException(kind, path.toString(), doing + ": " + why(kind, path, e), e);
  }

  /** As {@link #of}; also looks at the disk when the message says nothing. */
  static StoreException ofWrite(Path path, IOException e) {
    Kind kind = kind(e);
    if (kind == Kind.OTHER && isFull(path)) {
      kind = Kind.NO_SPACE;
    }
    return new StoreException(
        kind, path.toString(), "could not be written: " + why(kind, path, e), e);
  }

  private static Kind kind(IOException e) {
    if (e instanceof NoSuchFileException) {
      return Kind.NOT_FOUND;
    }
    if (e instanceof FileAlreadyExistsException) {
      return Kind.EXISTS;
    }
    if (e instanceof AccessDeniedException) {
      return Kind.DENIED;
    }
    if (e instanceof NotDirectoryException) {
      return Kind.WRONG_TYPE;
    }
    if (e instanceof ClosedByInterruptException) {
      return Kind.TRANSIENT;
    }
    String text = reason(e);
    if (text.contains("No space left") || text.contains("quota exceeded")) {
      return Kind.NO_SPACE;
    }
    if (text.contains("Permission denied")
        || text.contains("Operation not permitted")
        || text.contains("Read-only file system")) {
      return Kind.DENIED;
    }
    if (text.contains("Is a directory") || text.contains("Not a directory")) {
      return Kind.WRONG_TYPE;
    }
    if (text.contains("Stale") || text.contains("Interrupted") || text.contains("timed out")) {
      return Kind.TRANSIENT;
    }
    return Kind.OTHER;
  }

  private static String why(Kind kind, Path path, IOException e) {
    return switch (kind) {
      case NOT_FOUND -> "there is no such file or folder";
      case EXISTS -> "there is one of that name already";
      case DENIED -> "not allowed (" + reason(e) + "): give this user the right, or choose another";
      case NO_SPACE -> "disk or quota is full: free some space, or choose another folder";
      case WRONG_TYPE ->
          Files.isDirectory(path) ? "it is a folder" : "it, or a folder above it, is a file";
      case ARCHIVED, TRANSIENT, OTHER ->
          e instanceof DirectoryNotEmptyException ? "the folder is not empty" : reason(e);
    };
  }

  private static String reason(IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    if (e instanceof AccessDeniedException denied && denied.getReason() == null) {
      return "permission denied";
    }
    String text = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return text == null ? e.getClass().getSimpleName() : text;
  }

  private static boolean isFull(Path path) {
    try {
      return Files.getFileStore(path).getUsableSpace() < FULL;
    } catch (IOException e) {
      return false;
    }
  }
}
