package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.Optional;
import org.asbeam.aerospike.ClusterException;
import org.asbeam.aerospike.RecordWriteException;
import org.asbeam.format.AsbFormatException;
import org.asbeam.format.UnencodableRecordException;
import org.asbeam.storage.CodecException;
import org.asbeam.storage.DamagedFileException;
import org.asbeam.storage.ForeignFileException;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.DamagedManifestException;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.IncompleteBackupException;
import org.asbeam.storage.journal.NoBackupException;
import org.asbeam.storage.journal.RunSigns;
import org.asbeam.storage.secrets.SecretException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what an exception of any room means for a job: its code, what to do, and whether to retry.
 */
public final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  private Errors() {}

  /**
   * What an exception means.
   *
   * @param isTransient whether another attempt may help
   */
  public record Finding(ErrorCode code, String message, String hint, boolean isTransient) {
    public Failure toFailure(int slice, String worker) {
      return new Failure(code.name(), message, hint, slice, worker);
    }

    /** The exception for a runner, which will try again. */
    IOException asIOException(Exception cause) {
      return cause instanceof IOException io ? io : new IOException(message, cause);
    }
  }

  /**
   * Looks at an exception and its causes: a runner wraps what was thrown in exceptions of its own.
   */
  public static Finding of(Throwable thrown) {
    return foreseen(thrown).orElseGet(() -> unexpected(thrown));
  }

  private static Finding unexpected(Throwable thrown) {
    LOG.error("an error that nobody foresaw", thrown);
    return new Finding(
        ErrorCode.INTERNAL, "unexpected: " + thrown, "report this with what the log says", false);
  }

  private static Optional<Finding> foreseen(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      Finding finding = known(cause);
      if (finding != null) {
        return Optional.of(finding);
      }
    }
    return Optional.empty();
  }

  /**
   * Looks at what a runner threw whose workers are in other processes. What is no error of a job is
   * the runner's own: it lost a worker, for example, and had no attempts left.
   *
   * @param hint what a person does then
   */
  public static Finding ofRunner(Throwable thrown, String hint) {
    return foreseen(thrown)
        .orElseGet(
            () ->
                new Finding(
                    ErrorCode.RUNNER,
                    "the runner gave the job up: " + innermost(thrown),
                    hint,
                    false));
  }

  /** The last two messages of a chain, in a line: what a runner did, and why. */
  private static String innermost(Throwable thrown) {
    String before = "";
    String last = "";
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      if (cause.getMessage() != null) {
        String message =
            cause.getMessage().replaceAll("\\s*\\R\\s*", " ").replaceFirst("[.\\s]+$", "");
        // Many an exception has its cause's message, with the name of a class before it.
        before = last.contains(message) ? before : last;
        last = message;
      }
    }
    return before.isEmpty() ? last : before + ": " + last;
  }

  /**
   * Files an error in its run's journal, where all others find it, if no other attempt may help. A
   * stop is no error.
   *
   * @param slice the slice that met it; -1: none
   * @param worker the process and thread that met it
   * @throws IOException the error, if another attempt may help
   */
  static void file(Exception error, RunSigns signs, int slice, String worker) throws IOException {
    Finding finding = of(error);
    if (finding.code() == ErrorCode.STOPPED) {
      return;
    }
    if (finding.isTransient()) {
      throw finding.asIOException(error);
    }
    signs.fail(finding.toFailure(slice, worker));
  }

  /** The permanent error that an exception is. */
  static WorkException permanent(Exception error) {
    Finding finding = of(error);
    return error instanceof WorkException work
        ? work
        : new WorkException(finding.code(), finding.message(), finding.hint(), error);
  }

  private static Throwable next(Throwable cause) {
    return cause.getCause() == cause ? null : cause.getCause();
  }

  private static Finding known(Throwable e) {
    if (e instanceof WorkException work) {
      return new Finding(work.code(), work.getMessage(), work.hint(), false);
    }
    if (e instanceof StoppedException) {
      return permanent(ErrorCode.STOPPED, e, "");
    }
    if (e instanceof ClusterException cluster) {
      return new Finding(
          code(cluster.kind()),
          cluster.getMessage(),
          "",
          cluster.kind() == ClusterException.Kind.TRANSIENT);
    }
    if (e instanceof RecordWriteException) {
      return permanent(ErrorCode.RECORD_REFUSED, e, "");
    }
    if (e instanceof StoreException store) {
      return new Finding(
          code(store.kind()),
          store.getMessage(),
          hint(store.kind()),
          store.kind() == StoreException.Kind.TRANSIENT);
    }
    if (e instanceof AsbFormatException format) {
      return permanent(
          switch (format.kind()) {
            case DAMAGE -> ErrorCode.DAMAGED;
            case NOT_ASB -> ErrorCode.NOT_ASB;
            case VERSION -> ErrorCode.UNSUPPORTED;
          },
          e,
          "");
    }
    if (e instanceof SecretException secret) {
      return new Finding(ErrorCode.KEY, secret.getMessage(), "", secret.isTransient());
    }
    if (e instanceof CodecException codec) {
      return permanent(
          codec.kind() == CodecException.Kind.CONTRADICTION ? ErrorCode.USAGE : ErrorCode.KEY,
          e,
          "");
    }
    if (e instanceof ForeignFileException) {
      return permanent(ErrorCode.NOT_ASB, e, "");
    }
    if (e instanceof DamagedFileException || e instanceof DamagedManifestException) {
      return permanent(ErrorCode.DAMAGED, e, "'asbeam verify' finds all damage");
    }
    if (e instanceof NoBackupException none) {
      return none.state() == BackupFolder.State.UNFINISHED
          ? permanent(
              ErrorCode.UNFINISHED, e, "finish it with 'asbeam backup --resume', or take another")
          : permanent(ErrorCode.NO_BACKUP, e, "check --directory");
    }
    if (e instanceof IncompleteBackupException) {
      return permanent(
          ErrorCode.INCOMPLETE, e, "take what is missing from a copy, or take the backup again");
    }
    if (e instanceof UnencodableRecordException) {
      return permanent(ErrorCode.UNENCODABLE, e, "no tool can back this record up as ASB");
    }
    return null;
  }

  private static Finding permanent(ErrorCode code, Throwable e, String hint) {
    return new Finding(code, e.getMessage(), hint, false);
  }

  private static ErrorCode code(ClusterException.Kind kind) {
    return switch (kind) {
      case NO_SUCH_HOST -> ErrorCode.NO_SUCH_HOST;
      case REFUSED, UNREACHABLE, NOT_AEROSPIKE -> ErrorCode.UNREACHABLE;
      case ACCESS_DENIED -> ErrorCode.DENIED;
      case TLS -> ErrorCode.TLS;
      case CONFIGURATION -> ErrorCode.USAGE;
      case NO_SUCH_NAMESPACE -> ErrorCode.NO_SUCH_NAMESPACE;
      case WRONG_NAMESPACE -> ErrorCode.WRONG_NAMESPACE;
      case UNSTABLE -> ErrorCode.UNSTABLE;
      case METADATA_CONFLICT -> ErrorCode.METADATA_CONFLICT;
      case STOPPED -> ErrorCode.STOPPED;
      case WRITES_REFUSED -> ErrorCode.RECORD_REFUSED;
      case TRANSIENT, RETRIES_EXHAUSTED, STOP_WRITES, UNSUPPORTED, PROTOCOL -> ErrorCode.CLUSTER;
    };
  }

  private static ErrorCode code(StoreException.Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> ErrorCode.NO_BACKUP;
      case DENIED -> ErrorCode.DENIED;
      case NO_SPACE -> ErrorCode.NO_SPACE;
      case ARCHIVED -> ErrorCode.ARCHIVED;
      case EXISTS, WRONG_TYPE, TRANSIENT, OTHER -> ErrorCode.STORAGE;
    };
  }

  private static String hint(StoreException.Kind kind) {
    return switch (kind) {
      case NO_SPACE -> "make room, then go on with --resume";
      default -> "";
    };
  }
}
