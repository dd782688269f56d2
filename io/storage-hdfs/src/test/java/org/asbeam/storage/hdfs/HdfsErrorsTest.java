package org.asbeam.storage.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.security.sasl.SaslException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.protocol.NSQuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.net.ConnectTimeoutException;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.security.AccessControlException;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.remote.Problem;
import org.asbeam.storage.remote.Problem.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HdfsErrorsTest {
  private static final String NO_PLACE =
      "File /f/.tmp-1 could only be written to 0 of the 1 minReplication nodes. There are "
          + "%s datanode(s) running and %s node(s) are excluded in this operation.\n\tat org.apache";

  static Stream<Arguments> errors() {
    return Stream.of(
        arguments(new FileNotFoundException("File does not exist: /x"), Kind.NOT_FOUND),
        arguments(remote(FileNotFoundException.class, "no /x\n\tat org.apache"), Kind.NOT_FOUND),
        arguments(new FileAlreadyExistsException("/x"), Kind.EXISTS),
        arguments(
            remote(AccessControlException.class, "Permission denied: user=bob\n\tat org.apache"),
            Kind.DENIED),
        arguments(
            new IOException(
                "DestHost:destPort nn:8020 , LocalHost:localPort me/127.0.0.1:0. Failed on local"
                    + " exception: ",
                new IOException(
                    new AccessControlException(
                        "Client cannot authenticate via:[TOKEN, KERBEROS]"))),
            Kind.DENIED),
        arguments(new IOException("failed", new SaslException("GSS initiate failed")), Kind.DENIED),
        arguments(
            remote(DSQuotaExceededException.class, "The DiskSpace quota of /x is exceeded"),
            Kind.NO_SPACE),
        arguments(
            remote(NSQuotaExceededException.class, "The NameSpace quota of /x is exceeded"),
            Kind.NO_SPACE),
        arguments(remote(IOException.class, NO_PLACE.formatted(3, "no")), Kind.NO_SPACE),
        arguments(remote(IOException.class, NO_PLACE.formatted(0, "no")), Kind.TRANSIENT),
        arguments(remote(IOException.class, NO_PLACE.formatted(1, "1")), Kind.TRANSIENT),
        arguments(
            NetUtils.wrapException("nn", 8020, "me", 0, new ConnectException("Connection refused")),
            Kind.UNREACHABLE),
        arguments(new ConnectTimeoutException("10000 millis timeout"), Kind.UNREACHABLE),
        arguments(
            new IllegalArgumentException(new UnknownHostException("cluster")), Kind.UNREACHABLE),
        arguments(new SocketTimeoutException("60000 millis timeout"), Kind.TRANSIENT),
        arguments(new EOFException("End of file"), Kind.TRANSIENT),
        arguments(new SocketException("Connection reset"), Kind.TRANSIENT),
        arguments(
            remote(
                "org.apache.hadoop.hdfs.server.namenode.SafeModeException",
                "Cannot create file/x. Name node is in safe mode."),
            Kind.TRANSIENT),
        arguments(
            remote(StandbyException.class, "Operation category READ is not supported"),
            Kind.TRANSIENT),
        arguments(remote(RetriableException.class, "Server is too busy."), Kind.TRANSIENT),
        arguments(
            remote(
                "org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException",
                "No lease on /x (inode 1)"),
            Kind.TRANSIENT),
        arguments(
            new IOException("All datanodes [DatanodeInfo] are bad. Aborting..."), Kind.TRANSIENT),
        arguments(
            new UndeclaredThrowableException(new InterruptedException("interrupted")),
            Kind.TRANSIENT),
        arguments(new IOException("Filesystem closed"), Kind.OTHER),
        arguments(new NullPointerException(), Kind.OTHER));
  }

  private static RemoteException remote(Class<?> type, String message) {
    return remote(type.getName(), message);
  }

  private static RemoteException remote(String type, String message) {
    return new RemoteException(type, message);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void eachErrorHasItsKindAndOneLine(Exception error, Kind kind) {
    Problem problem = HdfsErrors.explain(error);
    assertThat(problem.kind()).isEqualTo(kind);
    assertThat(problem.text())
        .isNotBlank()
        .doesNotContain("\n", "org.apache", "java.", "Exception", "wiki");
  }

  @Test
  void aFileInPlaceOfAFolderIsToldApart() {
    StoreException typed =
        HdfsErrors.typed(
            new StoreException(
                StoreException.Kind.OTHER,
                "hdfs://x/a/b",
                "could not be created: x",
                remote(ParentNotDirectoryException.class, "/a (is not a directory)")));
    assertThat(typed.kind()).isEqualTo(StoreException.Kind.WRONG_TYPE);
    assertThat(typed).hasMessage("hdfs://x/a/b: it, or a folder above it, is a file");
  }
}
