package org.asbeam.transforms.work;

/**
 * The kinds of errors that end a job, each with the exit code of the command.
 *
 * <p>A code that a script doesn't know must be taken for a failure. Codes are never given another
 * meaning.
 */
public enum ErrorCode {
  /** Something nobody foresaw: a fault of asbeam. */
  INTERNAL(1, "an error inside asbeam"),
  /** A flag is misspelt, out of range or contradicts another one. */
  USAGE(2, "flags that are misspelt, out of range or contradict each other"),
  /** There is no such folder, or there is no backup in it. */
  NO_BACKUP(10, "no such folder, or no backup in it"),
  /** The folder holds something already. */
  NOT_EMPTY(11, "the folder to write to is not empty"),
  /** A run began here and has not committed. */
  UNFINISHED(12, "the backup in the folder is unfinished"),
  /** Another run writes into the folder. */
  IN_USE(13, "another run has the folder"),
  /** Bytes are not what was written: cut, flipped, missing. */
  DAMAGED(14, "the backup is damaged"),
  /** A file that is no ASB file, or one that must be decrypted first. */
  NOT_ASB(15, "a file is no backup file, or is encrypted"),
  /** A format version or a document that this asbeam can't read. */
  UNSUPPORTED(16, "a version of the format that asbeam can't read"),
  /** The rights of the user don't suffice. */
  DENIED(17, "no permission for a file or folder"),
  /** The disk, or a quota, is full. */
  NO_SPACE(18, "the disk is full"),
  /** Another error of a file system or an object store. */
  STORAGE(19, "a file system or object store failed"),
  /** A host name that is not known. */
  NO_SUCH_HOST(20, "no such host"),
  /** No server answers at the address. */
  UNREACHABLE(21, "no server answers at the address"),
  /** The cluster has no such namespace. */
  NO_SUCH_NAMESPACE(22, "the cluster has no such namespace"),
  /** Partitions move or are unavailable, or nodes came and went. */
  UNSTABLE(23, "the cluster is not stable"),
  /** The cluster did not answer for too long, or answered with an error. */
  CLUSTER(24, "the cluster failed during the job"),
  /** The cluster refused a record. */
  RECORD_REFUSED(25, "the cluster refused a record"),
  /** A secondary index or UDF of the target differs from the backup's. */
  METADATA_CONFLICT(26, "a secondary index or UDF module differs from the target's"),
  /** A record holds something that the format can't spell. */
  UNENCODABLE(27, "a record holds something that the format can't spell"),
  /** Records of a namespace other than the one asked for. */
  WRONG_NAMESPACE(28, "the backup is of another namespace"),
  /** The backup lacks partitions or files that it must have. */
  INCOMPLETE(29, "the backup is not complete"),
  /** No encrypted connection to the cluster: certificates, keys, names, versions. */
  TLS(30, "no encrypted connection to the cluster: certificates, keys or names"),
  /** The encryption key is missing or is another one, or a secret can't be had. */
  KEY(31, "the encryption key is missing or wrong, or a secret can't be had"),
  /** A restore ended, but the server refused some records, which were left out as was asked. */
  NOT_ALL_RESTORED(34, "a restore ended, but the server refused some of the records"),
  /** More records were refused than {@code --max-rejects} allows. */
  TOO_MANY_REJECTS(35, "more records were refused than were allowed"),
  /** The target is not what it was asked to be, or would refuse what is to be restored. */
  TARGET(36, "the target of a restore is not as it must be"),
  /** Files lie in an archive and must be taken out before they can be read. */
  ARCHIVED(37, "files lie in an archive of the store"),
  /** A worker was lost, for example, and the runner has no restart strategy. */
  RUNNER(38, "the runner of a job on many machines gave it up"),
  /** A person stopped the job. */
  STOPPED(130, "stopped by a signal");

  private final int exitCode;
  private final String meaning;

  ErrorCode(int exitCode, String meaning) {
    this.exitCode = exitCode;
    this.meaning = meaning;
  }

  public int exitCode() {
    return exitCode;
  }

  /** A few words, for the table in the documentation. */
  public String meaning() {
    return meaning;
  }
}
