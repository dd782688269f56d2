package org.asbeam.storage.hdfs;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.security.sasl.SaslException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.ClusterStorageCapacityExceededException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.net.ConnectTimeoutException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.KerberosAuthException;
import org.apache.hadoop.security.authentication.client.AuthenticationException;
import org.apache.hadoop.security.authorize.AuthorizationException;
import org.apache.hadoop.security.token.SecretManager;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.remote.Problem;
import org.asbeam.storage.remote.Problem.Kind;

/** Tells what an error of Hadoop's client means. */
final class HdfsErrors {
  /** What a NameNode says when it finds no place for a block. */
  private static final Pattern NO_PLACE =
      Pattern.compile("There are (\\d+) datanode\\(s\\) running and (no|\\d+) node\\(s\\)");

  /** What the client says when DataNodes leave it, without a class of its own. */
  private static final List<String> PASSING =
      List.of(
          "are bad. Aborting",
          "Unable to create new block",
          "Unable to close file",
          "Could not get block locations",
          "Failed to replace a bad datanode",
          "Blocklist for",
          "Cannot obtain block length");

  /** Errors of the NameNode whose classes its clients don't have. */
  private static final Set<String> PASSING_CLASSES =
      Set.of(
          "SafeModeException",
          "LeaseExpiredException",
          "NotReplicatedYetException",
          "RetryStartFileException",
          "RetriableException",
          "ServerNotRunningYetException");

  /** {@code org.apache.hadoop.x.SomeException: } at the begin of a message. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("^(?:[a-z][\\w$]*\\.)+[A-Z][\\w$]*:\\s*");

  private static final int DEEPEST = 20;

  private HdfsErrors() {}

  /** A file has given way to another one. */
  static final class ReplacedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /**
     * @param passing whether it can be read from its begin
     */
    ReplacedException(String message, boolean passing) {
      super(message);
      this.passing = passing;
    }
  }

  static Problem explain(Throwable error) {
    Throwable cause = error;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      Throwable known = unwrap(cause);
      Kind kind = kind(known);
      if (kind != null) {
        return new Problem(kind, text(kind, known));
      }
      cause = cause.getCause();
    }
    return new Problem(Kind.OTHER, text(unwrap(error)));
  }

  /** Gives an error the kind that {@link Problem} has not. */
  static StoreException typed(StoreException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (unwrap(cause) instanceof ParentNotDirectoryException) {
        return new StoreException(
            StoreException.Kind.WRONG_TYPE,
            error.path(),
            "it, or a folder above it, is a file",
            error);
      }
    }
    return error;
  }

  private static Throwable unwrap(Throwable error) {
    if (error instanceof UndeclaredThrowableException && error.getCause() != null) {
      return unwrap(error.getCause());
    }
    return error instanceof RemoteException remote ? remote.unwrapRemoteException() : error;
  }

  /** Null: not known by this error, perhaps by its cause. */
  private static Kind kind(Throwable error) {
    if (error instanceof FileNotFoundException) {
      return Kind.NOT_FOUND;
    }
    if (error instanceof FileAlreadyExistsException) {
      return Kind.EXISTS;
    }
    if (isDenied(error)) {
      return Kind.DENIED;
    }
    if (error instanceof ClusterStorageCapacityExceededException) {
      return Kind.NO_SPACE;
    }
    if (error instanceof ConnectException
        || error instanceof ConnectTimeoutException
        || error instanceof NoRouteToHostException
        || error instanceof UnknownHostException
        || error instanceof UnresolvedAddressException) {
      return Kind.UNREACHABLE;
    }
    if (error instanceof SSLException) {
      return Kind.UNREACHABLE;
    }
    if (error instanceof ReplacedException replaced) {
      return replaced.passing ? Kind.TRANSIENT : Kind.OTHER;
    }
    if (error instanceof PathIsNotEmptyDirectoryException
        || error instanceof ParentNotDirectoryException) {
      return Kind.OTHER;
    }
    return isPassing(error) ? Kind.TRANSIENT : byMessage(error);
  }

  private static boolean isDenied(Throwable error) {
    return error instanceof AccessControlException
        || error instanceof AuthorizationException
        || error instanceof AuthenticationException
        || error instanceof KerberosAuthException
        || error instanceof SaslException
        || error instanceof SecretManager.InvalidToken;
  }

  private static boolean isPassing(Throwable error) {
    return error instanceof StandbyException
        || error instanceof RetriableException
        || error instanceof BlockMissingException
        || error instanceof ChecksumException
        || error instanceof SocketTimeoutException
        || error instanceof InterruptedIOException
        || error instanceof SocketException
        || error instanceof EOFException
        || error instanceof ClosedChannelException
        || error instanceof InterruptedException
        || PASSING_CLASSES.contains(simpleName(error));
  }

  private static Kind byMessage(Throwable error) {
    String message = String.valueOf(error.getMessage());
    Matcher place = NO_PLACE.matcher(message);
    if (place.find()) {
      // Where none runs, or this client could reach none of them, room isn't what is missing.
      return place.group(1).equals("0") || !place.group(2).equals("no")
          ? Kind.TRANSIENT
          : Kind.NO_SPACE;
    }
    return PASSING.stream().anyMatch(message::contains) ? Kind.TRANSIENT : null;
  }

  private static String simpleName(Throwable error) {
    String name =
        error instanceof RemoteException remote
            ? String.valueOf(remote.getClassName())
            : error.getClass().getName();
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  private static String text(Kind kind, Throwable error) {
    if (kind == Kind.UNREACHABLE || error instanceof SocketTimeoutException) {
      // Hadoop tells the whole way with names of classes; the end of it says what happened.
      Throwable cause = error;
      while (cause.getCause() != null && cause.getCause().getMessage() != null) {
        cause = cause.getCause();
      }
      return cause instanceof UnknownHostException ? "unknown host: " + text(cause) : text(cause);
    }
    if (error instanceof PathIsNotEmptyDirectoryException) {
      return "the folder is not empty";
    }
    return text(error);
  }

  /** The first line of what an error says. */
  static String text(Throwable error) {
    String message = error.getMessage();
    if (message == null || message.isBlank()) {
      return error.getCause() == null
          ? simpleName(error).replaceAll("(Exception|Error)$", "")
          : text(error.getCause());
    }
    String line = message.strip().lines().findFirst().orElse("").strip();
    line = line.replaceAll("; For more details see:.*", "");
    for (Matcher name = CLASS_NAME.matcher(line); name.find(); name = CLASS_NAME.matcher(line)) {
      line = line.substring(name.end());
    }
    return line;
  }
}
